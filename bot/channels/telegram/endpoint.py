"""Where the Bot API is, and the token that opens it. The token never shows: not in a repr, an error or a log line."""

import logging
from urllib.parse import quote

PUBLIC = "https://api.telegram.org"
HIDDEN = "<token>"
CHATTY = ("httpx", "httpcore", "telegram")
"""Loggers that write request lines, which hold the token, or whole calls, which hold what people said."""


class Endpoint:
    """A Bot API server and a bot on it. `base_url` may end in ``/bot`` or not; empty means Telegram's own server."""

    __slots__ = ("_base", "_token")

    def __init__(self, token: str, base_url: str | None = None) -> None:
        self._token = token.strip()
        self._base = (base_url or PUBLIC).rstrip("/").removesuffix("/bot")

    def __repr__(self) -> str:
        return f"Endpoint({self._base}/bot{HIDDEN})"

    @property
    def token(self) -> str:
        return self._token

    @property
    def bots(self) -> str:
        """What python-telegram-bot calls base_url: the token is put right behind it."""
        return f"{self._base}/bot"

    @property
    def files(self) -> str:
        return f"{self._base}/file/bot"

    def url(self, method: str) -> str:
        return f"{self.bots}{self._token}/{method}"

    def file_url(self, path: str) -> str:
        """Where the bytes lie that getFile named by `path`."""
        return f"{self.files}{self._token}/{quote(path)}"

    def hide(self, text: str) -> str:
        """The text without the token or its secret half."""
        secret = self._token.rpartition(":")[2]
        return text.replace(self._token, HIDDEN).replace(secret, HIDDEN) if secret else text


def hush() -> None:
    """Keep the libraries' request lines out of every log, whatever level the program logs at."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
