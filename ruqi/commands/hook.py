"""`ruqi hook`: addresses of other programs that are told of events. What signs is shown once, when a hook is made."""

from dataclasses import asdict

import click

from ruqi.office import reading, settings_and_log, writing
from ruqi.speech import emit, note, table, tell, text
from ruqi.spoken import SpokenGroup

EVENTS = (
    "part.opened",
    "part.received",
    "part.reported",
    "part.verified",
    "part.refused",
    "part.waived",
    "part.lapsed",
)


@click.group(cls=SpokenGroup)
def command() -> None:
    """Webhooks."""


@command.command("add")
@click.argument("url")
@click.option("--event", "events", metavar="EVENT", type=click.Choice(EVENTS), multiple=True)
@click.option("--json", "as_json", is_flag=True)
def add(url: str, *, events: tuple[str, ...], as_json: bool) -> None:
    from bot.channels.webhook import Allowed, usable
    from usecases import hooks

    allowed = Allowed.read(settings_and_log().webhook_hosts.split())
    with writing() as desk:
        hooks.check_on(desk)
        made = hooks.add_hook(desk, usable(url, allowed), events)
    if as_json:
        emit({**asdict(made.row), "secret": made.secret})
        return
    tell("hook.secret", secret=made.secret)
    note("hook.once", number=made.row.number, shown=made.row.shown, events=" ".join(made.row.events))


@command.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(*, as_json: bool) -> None:
    from usecases import hooks

    with reading() as desk:
        rows, on = hooks.list_hooks(desk), desk.office.webhooks
    if as_json:
        emit([asdict(row) for row in rows])
    elif not rows:
        note("hook.none")
    else:
        said = [(row.number, row.shown, " ".join(row.events), _state(row.reason, live=row.live)) for row in rows]
        table(("number", "address", "events", "state"), said)
    if not on and not as_json:
        note("hook.off")


@command.command("test")
@click.argument("number", type=click.IntRange(min=1))
def test(number: int) -> None:
    from usecases import hooks

    with writing() as desk:
        row = hooks.test_hook(desk, number)
    tell("hook.tested", shown=row.shown)


@command.command("remove")
@click.argument("number", type=click.IntRange(min=1))
def remove(number: int) -> None:
    from usecases import hooks

    with writing() as desk:
        row = hooks.remove_hook(desk, number)
    tell("hook.removed", shown=row.shown)


def _state(reason: str, *, live: bool) -> str:
    return text("hook.live") if live else reason
