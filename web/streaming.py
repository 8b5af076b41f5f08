"""A file that is written while it is sent, a piece at a time: none waits in memory, and no transaction stays open."""

from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

from starlette.responses import StreamingResponse


def streamed(pieces: Iterator[bytes], media_type: str, name: str) -> StreamingResponse:
    """The first piece is made at once, so that whoever may not have the file gets a page that says so."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "cache-control": "private, no-store",
    }
    return StreamingResponse(chain((next(pieces),), pieces), media_type=media_type, headers=headers)
