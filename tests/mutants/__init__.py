"""Seeded bugs: small wrong changes to the engine, each of which the tests must catch. `python -m tests.mutants`."""
