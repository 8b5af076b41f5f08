"""A visit: one request as a page sees it. Who is asking is read in the same transaction as what is asked for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from storage import people
from storage.rows import Officer, Unit
from usecases import sign_in
from usecases.errors import NotAllowed
from usecases.office import Desk
from usecases.remit import has_all
from web.cookies import GUEST, LANGUAGE, SESSION, full_name
from web.forms import form_token
from web.sent_file import Upload
from web.site import Site
from web.talk import Exchange, told

LANGUAGES = ("zh", "en")
EVERY_UNIT = "every unit"
"""Among the roles of a page: only for those in charge of every unit, because what it does binds them all."""


class SignedOut(Exception):
    """Nobody is signed in, or the session has ended."""


class Missing(Exception):
    """There is no such page, or not for this person: both look the same."""


class Forged(Exception):
    """A form that none of our pages sent to this browser."""


class Malformed(Exception):
    """A form that none of our pages could have sent."""


@dataclass(slots=True)
class Visit:
    """`form` is empty for GET. `officer` and `unit` are set once somebody was recognised, for the head of the page."""

    site: Site
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    client: str
    now: datetime
    form: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    officer: Officer | None = None
    unit: Unit | None = None
    has_all: bool = False
    """Whether the officer is in charge of every unit."""
    guest: str = ""
    uploads: tuple[Upload, ...] = ()
    said: Exchange | None = None
    """What came of the form that led here."""

    @property
    def upload(self) -> Upload | None:
        return self.uploads[0] if self.uploads else None

    @property
    def session(self) -> str:
        return self.cookie(SESSION)

    @property
    def token(self) -> str:
        """What forms on this page carry."""
        return form_token(self.session or self.guest or self.cookie(GUEST))

    @property
    def language(self) -> str:
        """The officer's, or what a guest asked for; Chinese otherwise."""
        asked = self.officer.language if self.officer else self.query.get("lang") or self.cookie(LANGUAGE)
        return asked if asked in LANGUAGES else LANGUAGES[0]

    def cookie(self, name: str) -> str:
        return self.cookies.get(full_name(name, https=self.site.https), "")

    @contextmanager
    def look(self, *roles: str) -> Iterator[tuple[Desk, Officer]]:
        """A reading transaction and who is asking; with `roles`, only for them."""
        with self.site.office.read(self.now) as desk:
            officer = self._who(desk, roles)
            self.said = told(desk, officer, self.query.get("said", ""))
            yield desk, officer

    @contextmanager
    def act(self, *roles: str) -> Iterator[tuple[Desk, Officer]]:
        """A writing transaction and who acts, their role as it is at this moment."""
        with self.site.office.write(self.now) as desk:
            yield desk, self._who(desk, roles)

    def _who(self, desk: Desk, roles: tuple[str, ...]) -> Officer:
        self.officer = sign_in.session(desk, self.session) if self.session else None
        if self.officer is None:
            raise SignedOut
        self.unit = people.unit_by_id(desk.tx, self.officer.unit_id)
        if roles and self.officer.role not in roles:
            raise NotAllowed(f"The role {self.officer.role} may not do this.", role=self.officer.role)
        self.has_all = has_all(desk, self.officer)
        if EVERY_UNIT in roles and not self.has_all:
            raise NotAllowed("This is for those in charge of every unit.", role=self.officer.role)
        return self.officer
