"""`ruqi officer`: who is in the roster, and inviting them into a chat."""

import click

from ruqi.commands import officer_data, officer_ways
from ruqi.office import reading, writing
from ruqi.speech import emit, note, table, tell, text
from ruqi.spoken import SpokenGroup


@click.group(cls=SpokenGroup)
def command() -> None:
    """Officers."""


@command.command("list")
@click.option("--unit", metavar="UNIT")
@click.option("--json", "as_json", is_flag=True)
def list_(*, unit: str | None, as_json: bool) -> None:
    from ruqi.commands.people_words import officer_rows

    with reading() as desk:
        rows = officer_rows(desk, unit)
    if as_json:
        emit(rows)
    elif not rows:
        note("officer.none")
    else:
        said = [
            (
                row["officer"],
                row["unit"],
                text(f"staff.{row['role']}"),
                " ".join(row["channels"]) or text("officer.web"),
            )
            for row in rows
        ]
        table(("officer", "unit", "role", "channels"), said)


@command.command("invite")
@click.argument("name")
@click.option("--unit", metavar="UNIT")
@click.option("--json", "as_json", is_flag=True)
def invite(name: str, *, unit: str | None, as_json: bool) -> None:
    from storage import people
    from usecases import enroll

    with writing() as desk:
        officer = enroll.find_officer(desk, name, unit)
        code = enroll.invite(desk, officer)
        home = people.unit_by_id(desk.tx, officer.unit_id)
        until = (desk.now + desk.office.invite_life).astimezone(desk.office.zone)
    unit_name = home.name if home else ""
    if as_json:
        emit({"officer": officer.name, "unit": unit_name, "code": code, "command": f"/start {code}", "expires": until})
    else:
        tell("officer.invited", officer=officer.name, unit=unit_name, code=code, until=f"{until:%Y-%m-%d %H:%M}")


for below in (officer_ways.ways, officer_ways.way, officer_ways.test, officer_data.export, officer_data.erase):
    command.add_command(below)
