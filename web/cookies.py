"""The cookies: the session, a guest's mark before signing in, the language, and what is shown for ten minutes.

Over https each name begins with ``__Host-`` (RFC 6265bis, 4.1.3): the browser then takes it only with Secure, for the
whole site and for this host alone, so that no neighbouring host can plant one.
"""

from datetime import timedelta

from starlette.responses import Response

SESSION = "ruqi"
GUEST = "ruqi-guest"
LANGUAGE = "ruqi-language"
NEW_FEED = "ruqi-new-feed"
NEW_TASKS = "ruqi-new-tasks"


def full_name(name: str, *, https: bool) -> str:
    return f"__Host-{name}" if https else name


def set_cookie(response: Response, name: str, value: str, *, https: bool, life: timedelta | None = None) -> None:
    """Lasts for `life`, or as long as the browser is open."""
    seconds = None if life is None else int(life.total_seconds())
    response.set_cookie(
        full_name(name, https=https), value, max_age=seconds, path="/", secure=https, httponly=True, samesite="lax"
    )


def clear_cookie(response: Response, name: str, *, https: bool) -> None:
    response.delete_cookie(full_name(name, https=https), path="/", secure=https, httponly=True, samesite="lax")
