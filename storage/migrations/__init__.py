"""How the tables came to be, step by step. A released step is never edited; the next change is a new file.

`draft.py` writes a step from what `storage/tables.py` says now; a person reads and completes it.
"""
