"""Radicale put together: our storage and sign-in, its protocol; what would create, move or delete is refused (403)."""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from radicale import config, httputils
from radicale.app import Application
from radicale.auth import AuthContext, BaseAuth
from radicale.rights import BaseRights

from feeds.door import AGENT_WIDTH
from feeds.keep import Pieces
from feeds.tasks.mount import Misses, Mode
from feeds.tasks.store import LIST, TaskStorage
from texts.words import clean
from usecases.feed import needs_note
from usecases.office import Desk
from usecases.task_list import NotForApps, note_sign_in, sign_in

REALM = "Ruqi"
MOST_BODY = 128 * 1024
"""Bytes of what an app may send: a task is one or two thousand, a question for five hundred of them fifty thousand."""
Desks = Callable[[Mode], AbstractContextManager[Desk]]
"""Opens a transaction."""
SETTINGS: dict[str, dict[str, Any]] = {
    "auth": {"delay": 0, "realm": REALM, "cache_logins": False},
    "rights": {"permit_delete_collection": False, "permit_overwrite_collection": False},
    "server": {"max_content_length": MOST_BODY, "max_resource_size": MOST_BODY // 2, "delay_on_error": 0},
    "web": {"type": "none"},
}


class SignIn(BaseAuth):
    """By a person's task-list password; too many wrong ones from one address or for one user, and none is taken."""

    def __init__(self, configuration: Any, *, desks: Desks, misses: Misses) -> None:  # noqa: ANN401 - Radicale's
        super().__init__(configuration)
        self._desks, self._misses = desks, misses
        self._asking = threading.local()

    def get_external_login(self, environ: Any) -> tuple[()]:  # noqa: ANN401 - Radicale's
        """There is none: this is where Radicale shows the request before it asks who is there."""
        self._asking.agent = clean(str(environ.get("HTTP_USER_AGENT", "")), AGENT_WIDTH)
        return ()

    def _login_ext(self, login: str, password: str, context: AuthContext) -> str:
        keys = (f"caldav {context.remote_addr}", f"caldav user {login[:40]}")
        if any(map(self._misses.too_many, keys)):
            return ""
        with self._desks("r") as desk:
            token = sign_in(desk, login, password)
            stale = token is not None and needs_note(desk, token)
        if token is None:
            for key in keys:
                self._misses.count(key)
            return ""
        if stale:
            with self._desks("w") as desk:
                note_sign_in(desk, token, self._asking.agent)
        return login


class OwnOnly(BaseRights):
    """The root and oneself may be read, one's list read and written, nothing else seen."""

    def authorization(self, user: str, user_groups: set[str], path: str) -> str:  # noqa: ARG002 - Radicale's
        names = [name for name in path.split("/") if name]
        if not user or (names and names[0] != user):
            return ""
        return {0: "R", 1: "R"}.get(len(names), "rw" if names[1:] == [LIST] else "")


class TaskServer(Application):
    """Radicale without what would change more than a tick."""

    _refuse: Any = staticmethod(lambda *_: httputils.NOT_ALLOWED)
    do_DELETE = do_MKCALENDAR = do_MKCOL = do_MOVE = do_POST = do_PROPPATCH = _refuse  # noqa: N815 - Radicale names them

    def do_PUT(self, *request: Any) -> Any:  # noqa: ANN401, N802 - Radicale's
        """Without an ETag: what we keep is not to the letter what was sent, so apps read it again (RFC 4791, 5.3.4)."""
        try:
            answer: Any = super().do_PUT(*request)
            status, headers, *rest = answer
        except NotForApps:
            return httputils.NOT_ALLOWED
        return (status, {name: said for name, said in dict(headers).items() if name != "ETag"}, *rest)


def task_server(desks: Desks, misses: Misses, prefix: str) -> TaskServer:
    logging.getLogger("radicale").setLevel(logging.WARNING)
    configuration = config.load()
    configuration.update(
        {
            **SETTINGS,
            "auth": {**SETTINGS["auth"], "type": partial(SignIn, desks=desks, misses=misses)},
            "rights": {**SETTINGS["rights"], "type": OwnOnly},
            "storage": {"type": partial(TaskStorage, desks=desks, pieces=Pieces())},
            "server": {**SETTINGS["server"], "script_name": prefix},
        },
        "ruqi",
        privileged=True,
    )
    return TaskServer(configuration)
