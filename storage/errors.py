"""What can be wrong with the place where things are remembered."""

from schedules.errors import RuqiError


class StoreUnusable(RuqiError):
    """The database cannot be used."""


class NotFound(RuqiError):
    """There is no such row."""
