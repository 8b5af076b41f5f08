"""Mirrors of the rooms, and the house's own tests. Tests are real: fakes stand only at the messenger and the clock."""
