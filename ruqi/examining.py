"""What the doctor looks at. Each check is a function that says what it found; one that fails stops no other."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from urllib.parse import urlsplit

from ruqi.examining_chats import chats
from ruqi.examining_machine import machine
from ruqi.examining_ways import mail, ways
from ruqi.office import settings_and_log
from ruqi.settings import Settings
from ruqi.speech import explain, text
from ruqi.wiring import Opened, open_office, system_clock
from schedules.civil import civil_date, local
from schedules.errors import RuqiError
from storage import deliveries, people, plans
from texts.picture import font_path
from usecases.backup_schedule import backup_state
from usecases.office import Desk

TELEGRAM_LIMIT = 15.0


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    good: bool
    said: str


def examine_all() -> Iterator[Finding]:
    """The settings, then what they lead to; without settings there is nothing more to see."""
    try:
        settings = settings_and_log()
        opened = open_office(settings, thorough=True)
    except RuqiError as error:
        yield Finding("start", good=False, said=" ".join(explain(error)))
        return
    try:
        for check in (
            _database,
            _clock,
            _calendar,
            _corrections,
            _people,
            _messages,
            _backup,
            _task_list,
            _pictures,
            ways,
        ):
            yield _checked(check.__name__.strip("_"), partial(check, opened))
        for name, look in machine(settings, opened):
            yield _checked(name, look)
        if settings.telegram_token:
            yield _checked("telegram", partial(_telegram, settings))
        for name, chat in chats(settings):
            yield _checked(name, chat)
        if settings.mail_host:
            yield _checked("mail", partial(mail, settings))
        if settings.telegram_token or settings.mail_host or settings.notify or any(chats(settings)):
            yield _checked("address", partial(_address, settings))
    finally:
        opened.office.store.close()


def _checked(name: str, check: Callable[[], tuple[bool, str]]) -> Finding:
    try:
        good, said = check()
    except RuqiError as error:
        good, said = False, " ".join(explain(error))
    return Finding(name, good, said)


def _database(opened: Opened) -> tuple[bool, str]:
    return True, text("doctor.database", where=opened.where)


def _clock(opened: Opened) -> tuple[bool, str]:
    zone = opened.office.zone
    return True, text("doctor.clock", now=f"{local(system_clock().now(), zone):%Y-%m-%d %H:%M}", zone=zone.key)


def _calendar(opened: Opened) -> tuple[bool, str]:
    """The last year whose notice is known, and whether that is this year's at least."""
    calendar, zone = opened.office.calendar, opened.office.zone
    today = civil_date(system_clock().now(), zone)
    last = today.year + 1
    while calendar.is_provisional(date(last, 6, 15)):
        last -= 1
    known = last >= today.year
    return known, text("doctor.calendar" if known else "doctor.calendar_missing", year=last, next=last + 1)


def _corrections(opened: Opened) -> tuple[bool, str]:
    if not opened.problems:
        return True, text("doctor.corrections", count=len(opened.office.calendar.corrections))
    bad = " · ".join(f"{problem.line}: {problem.text}" for problem in opened.problems)
    return False, text("doctor.corrections_bad", lines=bad)


def _people(opened: Opened) -> tuple[bool, str]:
    with _desk(opened) as desk:
        staff = people.officers(desk.tx)
        bound = {contact.officer_id for contact in people.contacts(desk.tx, [officer.id for officer in staff])}
        values = {
            "plans": len(plans.all_plans(desk.tx)),
            "units": len(people.units(desk.tx)),
            "officers": len(staff),
            "bound": len(bound),
        }
    return True, text("doctor.people", **values)


def _messages(opened: Opened) -> tuple[bool, str]:
    with _desk(opened) as desk:
        counts = deliveries.counts(desk.tx)
    dead = counts.get("dead", 0)
    return not dead, text(
        "doctor.messages_dead" if dead else "doctor.messages", waiting=counts.get("due", 0), dead=dead
    )


def _backup(opened: Opened) -> tuple[bool, str]:
    """None yet is no fault: one is made when it is time."""
    every = opened.office.backups_every
    with _desk(opened) as desk:
        state = backup_state(desk, every)
    if state.failed_at:
        return False, text("doctor.backup_failed", at=_wall(opened, state.failed_at), why=state.why)
    if state.at is None:
        return True, text("doctor.backup_none" if every else "doctor.backup_off")
    key = "doctor.backup_late" if state.late else "doctor.backup"
    return not state.late, text(key, at=_wall(opened, state.at), where=state.where)


def _wall(opened: Opened, at: datetime) -> str:
    return f"{local(at, opened.office.zone):%Y-%m-%d %H:%M}"


def _task_list(opened: Opened) -> tuple[bool, str]:
    """Without it nothing is wrong: somebody may have left it out for its licence."""
    return True, text("doctor.task_list" if opened.office.task_lists else "doctor.task_list_missing")


def _pictures(_: Opened) -> tuple[bool, str]:
    """Without a font with Chinese signs the report of the week goes out in words only: said, and no fault."""
    found = font_path()
    return True, text("doctor.font" if found else "doctor.font_missing", where=found)


def _telegram(settings: Settings) -> tuple[bool, str]:
    """Whether the bot's token is good and Telegram can be reached from here."""
    from bot.channels.telegram.endpoint import Endpoint
    from bot.channels.telegram.wire import Wire

    assert settings.telegram_token is not None  # noqa: S101 - asked for only with a token
    endpoint = Endpoint(settings.telegram_token.get_secret_value(), settings.telegram_base_url)

    async def ask() -> str:
        wire = Wire(endpoint, settings.telegram_proxy)
        try:
            async with asyncio.timeout(TELEGRAM_LIMIT):
                me = await wire.call("getMe")
            return str(me.get("username", ""))
        finally:
            await wire.close()

    try:
        return True, text("doctor.telegram", name=asyncio.run(ask()))
    except Exception as error:  # noqa: BLE001 - whatever the matter is, it is the finding
        return False, text("doctor.telegram_bad", why=type(error).__name__)


def _address(settings: Settings) -> tuple[bool, str]:
    """Whether the links that a chat carries lead anywhere on somebody else's phone."""
    host = urlsplit(settings.address()).hostname or ""
    good = host != "localhost" and not host.startswith("127.") and host != "::1"
    return good, text("doctor.address" if good else "doctor.address_own", url=settings.address())


def _desk(opened: Opened) -> AbstractContextManager[Desk]:
    return opened.office.read(system_clock().now())
