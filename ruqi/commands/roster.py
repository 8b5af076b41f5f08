"""`ruqi roster`: the units and their people, taken in from a file."""

import click

from ruqi.office import now, the_office
from ruqi.speech import emit, tell, working
from ruqi.spoken import SpokenGroup


@click.group(cls=SpokenGroup)
def command() -> None:
    """Roster."""


@command.command("import")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True)
def import_(file: str, *, as_json: bool) -> None:
    from dataclasses import asdict

    from ruqi.files import roster_named
    from usecases.enroll import load_roster

    roster = roster_named(file)
    with the_office() as office, working("roster.importing", title=roster.title), office.write(now()) as desk:
        report = load_roster(desk, roster)
    if as_json:
        emit(asdict(report))
        return
    counts = {name: len(value) for name, value in asdict(report).items() if isinstance(value, list)}
    tell("roster.imported" if report.changed else "roster.unchanged", parts=report.new_parts, **counts)
