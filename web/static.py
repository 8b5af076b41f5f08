"""Style, script and icon. Their addresses carry a fingerprint, so browsers may keep them for a year."""

from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"


class StaticPages(StaticFiles):
    """Only what lies in the folder; without the fingerprint a file is kept for an hour only."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = FOR_EVER if b"v=" in scope["query_string"] else FOR_AN_HOUR
        return response
