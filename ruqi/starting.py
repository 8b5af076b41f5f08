"""Starting: take the address, open the office, fill an empty one with the sample, show the links, serve."""

import asyncio
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from ruqi import logs, sample
from ruqi.links import Said, links
from ruqi.listening import event_loop, listen
from ruqi.log_files import DayFiles, keep_files
from ruqi.office import opened, settings_and_log
from ruqi.serve import House, serve
from ruqi.settings import PAIRS, Settings
from ruqi.speech import note, tell, text, working
from ruqi.wiring import TRIAL_FILE, backup_schedule, on_trial, system_clock, trial_url
from scheduler.clock import Clock, MovableClock
from schedules.civil import local
from schedules.errors import RuqiError
from storage.running import alone, file_of
from usecases.office import Office


class NoMoment(RuqiError):
    """These words are no moment; write it as 2024-01-15T08:00."""

    key = "no_moment"

    def __init__(self, words: str) -> None:
        self.values = {"words": words}
        super().__init__(f"{words!r} is no moment; write it as 2024-01-15T08:00.")


def run(*, host: str | None, port: int | None, start: str | None, speed: float) -> int:
    """Run until a signal comes; gives the exit code."""
    settings = settings_and_log()
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings.model_copy(update=given)
    clock = _clock(start, speed, settings.timezone)
    if isinstance(clock, MovableClock):
        settings = settings.without_real_chats()  # a trial never speaks to real people
    sock = listen(settings.host, settings.port)
    logs.catch_all()
    with sock, ExitStack() as stack:
        office = _open(settings, clock, sock.getsockname()[1])
        stack.enter_context(alone(file_of(office.store)))
        keep_files(DayFiles(settings.log_folder, settings.timezone, settings.log_days, settings.log_format))
        _fill(office, clock)
        said = _announcement(office, clock, settings)
        with asyncio.Runner(loop_factory=event_loop) as runner:
            code = runner.run(
                serve(House(office, clock, settings, sock, partial(_say, said), backup_schedule(settings)))
            )
    note("run.ended")
    return code


def _clock(start: str | None, speed: float, zone: ZoneInfo) -> Clock:
    if start is None:
        return system_clock()
    try:
        moment = datetime.fromisoformat(start)
    except ValueError as error:
        raise NoMoment(start) from error
    return MovableClock(moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone), speed)


def _open(settings: Settings, clock: Clock, port: int) -> Office:
    trial = isinstance(clock, MovableClock)
    url = trial_url(settings) if trial else settings.store_url
    office = replace(opened(settings, url=url, thorough=True).office, base_url=settings.address(port))
    return on_trial(office, clock) if isinstance(clock, MovableClock) else office


def _fill(office: Office, clock: Clock) -> None:
    now = clock.now()
    with office.read(now) as desk:
        if not sample.is_empty(desk):
            return
    with working("run.sample"), office.write(now) as desk:
        sample.load_sample(desk)


def _announcement(office: Office, clock: Clock, settings: Settings) -> list[Said]:
    said: list[Said] = [("ready", {"url": office.base_url})]
    if isinstance(clock, MovableClock):
        said += _trial(office, clock, settings)
    database = "time-machine" if isinstance(clock, MovableClock) else "sample"
    said += links(office, clock.now(), settings.data_dir, database)
    said.append(_chats(settings))
    return [*said, ("stop", {})]


def _chats(settings: Settings) -> Said:
    names = {
        "telegram": settings.telegram_token,
        **{name.partition("_")[0]: getattr(settings, name) for name, _ in PAIRS},
    }
    on = [text(f"run.chat.{name}") for name, value in names.items() if value]
    if on == [text("run.chat.telegram")]:
        return "telegram_on", {}
    return ("chats_on", {"chats": " · ".join(on)}) if on else ("telegram_off", {})


def _trial(office: Office, clock: MovableClock, settings: Settings) -> list[Said]:
    now = f"{local(clock.now(), office.zone):%Y-%m-%d %H:%M}"
    told: list[Said] = [("trial", {"now": now, "speed": f"{clock.speed:g}"})]
    own: Said = ("trial_file", {"where": settings.data_dir / TRIAL_FILE})
    return [*told, ("trial_url", {}) if settings.database_url else own]


def _say(said: list[Said]) -> None:
    for key, values in said:
        tell(f"run.{key}", **values)
