"""The kill bench: real processes killed at random while reminders leave and answers come in; nothing may be lost.

`test_kills.py` is the short form of every test run; `python -m tests.kills` (make soak) the long one, with a report.
"""
