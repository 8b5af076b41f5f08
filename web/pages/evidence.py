"""A file of a part, handed out whole and as a download to whoever may see the part at that moment."""

from urllib.parse import quote

from starlette.responses import Response

from usecases.evidence import OpenedFile, open_file
from web.headers import CONTENT_SECURITY_POLICY
from web.visit import Visit


def evidence(visit: Visit) -> Response:
    """Never shown in the page's own place: a download, of the kind its bytes are, that no browser may take for more."""
    with visit.look() as (desk, officer):
        file = open_file(desk, officer, visit.params["uid"])
    headers = {
        "content-disposition": _named(file),
        "content-security-policy": f"{CONTENT_SECURITY_POLICY}; sandbox",
        "cache-control": "private, no-store",
        "accept-ranges": "none",
    }
    return Response(file.data, media_type=file.media_type, headers=headers)


def _named(file: OpenedFile) -> str:
    """Source: RFC 6266, section 4.3, and RFC 8187 for names outside ASCII."""
    plain = f"{file.sha256[:12]}.{file.name.rpartition('.')[2]}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
