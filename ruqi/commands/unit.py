"""`ruqi unit robot`: the robots that speak in a unit's group."""

import click

from ruqi.office import reading, settings_and_log, writing
from ruqi.speech import emit, known, note, table, tell, text
from ruqi.spoken import SpokenGroup

PLATFORMS = ("wecom", "dingtalk", "feishu")


@click.group(cls=SpokenGroup)
def command() -> None:
    """Units."""


@command.group("robot", cls=SpokenGroup)
def robot() -> None:
    """Robots."""


@robot.command("list")
@click.option("--unit", metavar="UNIT")
@click.option("--json", "as_json", is_flag=True)
def list_(*, unit: str | None, as_json: bool) -> None:
    from dataclasses import asdict

    from usecases import robots

    with reading() as desk:
        found = robots.robots(desk, robots.find_unit(desk, unit) if unit else None)
    if as_json:
        emit([asdict(row) for row in found])
    elif not found:
        note("robot.none")
    else:
        rows = [(row.number, row.unit, _platform(row.channel), row.shown, _state(row.reason)) for row in found]
        table(("number", "unit", "channel", "address", "state"), rows)


@robot.command("add")
@click.argument("unit")
@click.argument("platform", type=click.Choice(PLATFORMS))
@click.argument("address")
@click.option("--secret", metavar="SECRET", default="")
def add(unit: str, platform: str, address: str, *, secret: str) -> None:
    from bot.channels.robots import canonical
    from usecases import robots

    channel = f"{platform}_robot"
    place = canonical(channel, address, secret)
    with writing() as desk:
        made = robots.add_robot(desk, None, robots.find_unit(desk, unit), channel, place)
    tell("robot.added", unit=made.unit, platform=_platform(channel), shown=made.shown)
    if platform not in settings_and_log().robots.split():
        note("robot.off", platform=platform)
    note("robot.try", number=made.number)


@robot.command("test")
@click.argument("number", type=int)
def test(number: int) -> None:
    from usecases import robots

    with writing() as desk:
        row = robots.test_robot(desk, None, number)
    tell("robot.tested", unit=row.unit, platform=_platform(row.channel), shown=row.shown)
    note("ways.test_leaves")


@robot.command("remove")
@click.argument("number", type=int)
def remove(number: int) -> None:
    from usecases import robots

    with writing() as desk:
        row = robots.remove_robot(desk, None, number)
    tell("robot.removed", unit=row.unit, platform=_platform(row.channel), shown=row.shown)


def _platform(channel: str) -> str:
    return text(f"channel.{channel}") if known(f"channel.{channel}") else channel


def _state(reason: str) -> str:
    return text("ways.dead", reason=reason) if reason else text("ways.live")
