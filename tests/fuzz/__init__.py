"""Fuzzing: every reader of what strangers write is given broken, hostile and random input. `python -m tests.fuzz`."""
