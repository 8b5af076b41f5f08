"""`ruqi roster`: the units and their people, taken in from a file, written to one, and an empty one to fill in."""

from pathlib import Path

import click

from ruqi.office import reading
from ruqi.speech import emit, lines, tell, working
from ruqi.spoken import SpokenGroup


@click.group(cls=SpokenGroup)
def command() -> None:
    """Roster."""


@command.command("import")
@click.argument("file")
@click.option("--check", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def import_(file: str, *, check: bool, as_json: bool) -> None:
    from ruqi.commands.roster_words import report_data, report_lines
    from ruqi.commands.rostering import take_in
    from ruqi.files import roster_read

    roster, read = roster_read(file)
    with working("roster.importing", title=roster.title):
        report = take_in(roster, read, rehearse=check)
    if as_json:
        emit(report_data(report, read))
        return
    lines(list(report_lines(report, read)))
    if check:
        tell("roster.only_checked")


@command.command("template")
@click.option("-o", "--output", metavar="FILE", default="roster-template.xlsx")
def template(*, output: str) -> None:
    from plans.rosters import write
    from ruqi.commands.rostering import ending_of, put
    from ruqi.tongue import language

    ending_of(output, (".xlsx",))
    put(Path(output), write.template(language()))
    tell("roster.written", name=output)


@command.command("export")
@click.option("-o", "--output", metavar="FILE", required=True)
def export(*, output: str) -> None:
    from ruqi.commands.rostering import ending_of, put, written
    from usecases.take_roster import roster_of

    ending = ending_of(output, (".xlsx", ".csv"))
    with reading() as desk:
        roster = roster_of(desk)
    put(Path(output), written(roster, ending))
    officers = sum(len(unit.officers) for unit in roster.units)
    tell("roster.exported", name=output, units=len(roster.units), officers=officers)
