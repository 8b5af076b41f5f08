"""The one family of mistakes: everything Ruqi refuses on purpose descends from here.

A subclass is one kind of mistake. Its docstring is the sentence said when nothing more exact is known;
who raises it says what happened, to what, and what to do next.
"""


class RuqiError(Exception):
    """Ruqi could not do this."""

    def __str__(self) -> str:
        """The message given, or else the first sentence of the docstring."""
        return super().__str__() or (type(self).__doc__ or RuqiError.__doc__ or "").strip().partition("\n")[0]
