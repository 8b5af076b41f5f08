"""`ruqi officer ways`, `way` and `test`: how a person is reached, in what order, and whether it works."""

from typing import TYPE_CHECKING

import click

from ruqi.office import reading, writing
from ruqi.speech import emit, known, note, table, tell, text
from ruqi.spoken import Spoken, SpokenGroup

if TYPE_CHECKING:
    from usecases.contacts import Way

CHANNELS = ("mail", "notify")


@click.command("ways", cls=Spoken)
@click.argument("name")
@click.option("--unit", metavar="UNIT")
@click.option("--json", "as_json", is_flag=True)
def ways(name: str, *, unit: str | None, as_json: bool) -> None:
    from dataclasses import asdict

    from usecases import contacts, enroll

    with reading() as desk:
        found = contacts.ways(desk, enroll.find_officer(desk, name, unit))
    if as_json:
        emit([asdict(way) for way in found])
    elif not found:
        note("ways.none", officer=name)
    else:
        head = ("number", "channel", "address", "state")
        table(head, [(way.number, _channel(way.channel), way.shown, _state(way)) for way in found])


@click.group("way", cls=SpokenGroup)
def way() -> None:
    """Ways."""


@way.command("add")
@click.argument("name")
@click.argument("channel", type=click.Choice(CHANNELS))
@click.argument("address")
@click.option("--unit", metavar="UNIT")
def add(name: str, channel: str, address: str, *, unit: str | None) -> None:
    from usecases import contacts, enroll

    with writing() as desk:
        officer = enroll.find_officer(desk, name, unit)
        made = contacts.add_way(desk, None, officer, channel, address)
        services = desk.office.notify_services
    tell("ways.added", officer=officer.name, channel=_channel(channel), shown=made.shown)
    if not made.confirmed:
        note("ways.unconfirmed", services=" ".join(sorted(services)))
    note("ways.try", officer=officer.name)


@way.command("first")
@click.argument("name")
@click.argument("number", type=int)
@click.option("--unit", metavar="UNIT")
def first(name: str, number: int, *, unit: str | None) -> None:
    from usecases import contacts, enroll

    with writing() as desk:
        officer = enroll.find_officer(desk, name, unit)
        head, *_ = contacts.order_ways(desk, None, officer, [number])
    tell("ways.first", officer=officer.name, channel=_channel(head.channel), shown=head.shown)


@way.command("remove")
@click.argument("name")
@click.argument("number", type=int)
@click.option("--unit", metavar="UNIT")
def remove(name: str, number: int, *, unit: str | None) -> None:
    from usecases import contacts, enroll

    with writing() as desk:
        officer = enroll.find_officer(desk, name, unit)
        gone = contacts.remove_way(desk, None, officer, number)
    tell("ways.removed", officer=officer.name, channel=_channel(gone.channel), shown=gone.shown)


@click.command("test", cls=Spoken)
@click.argument("name")
@click.option("--unit", metavar="UNIT")
@click.option("--way", "number", type=int, metavar="NUMBER")
def test(name: str, *, unit: str | None, number: int | None) -> None:
    from usecases import contacts, enroll

    with writing() as desk:
        officer = enroll.find_officer(desk, name, unit)
        found = contacts.send_test(desk, None, officer, number)
    for one in found:
        tell("ways.tested", channel=_channel(one.channel), shown=one.shown)
    if not found:
        note("ways.none", officer=officer.name)
    else:
        note("ways.test_leaves")


def _channel(name: str) -> str:
    return text(f"channel.{name}") if known(f"channel.{name}") else name


def _state(found: "Way") -> str:
    if not found.live:
        return text("ways.dead", reason=found.reason)
    return text("ways.live" if found.confirmed else "ways.live_unconfirmed")
