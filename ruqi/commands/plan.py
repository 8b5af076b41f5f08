"""`ruqi plan`: which plans there are, what they would bring, and taking them in."""

import click

from ruqi.commands.plan_read import read
from ruqi.office import now, reading, the_office
from ruqi.speech import emit, lines, table, tell, text, working
from ruqi.spoken import SpokenGroup

FAILED = 2


@click.group(cls=SpokenGroup)
def command() -> None:
    """Plans."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_plans(*, as_json: bool) -> None:
    from ruqi.commands.plan_words import listed

    with reading() as desk:
        rows = listed(desk)
    if as_json:
        emit(rows)
        return
    said = [(row["key"], row["duties"], text(f"plan.state.{row['state']}"), row["title"]) for row in rows]
    table(("plan", "duties", "state", "title"), said)


@command.command("import")
@click.argument("name")
@click.option("--chase", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def import_(name: str, *, chase: bool, as_json: bool) -> None:
    from ruqi.commands.plan_words import report_data, report_lines
    from ruqi.files import plan_named
    from usecases.import_plan import import_plan

    plan = plan_named(name)
    with the_office() as office, working("plan.importing", title=plan.heading), office.write(now()) as desk:
        report = import_plan(desk, plan, chase=chase)
    if as_json:
        emit(report_data(report))
    else:
        lines(report_lines(report, plan.title))


@command.command("preview")
@click.argument("name")
@click.option("--roster", metavar="NAME")
@click.option("--json", "as_json", is_flag=True)
def preview(name: str, *, roster: str | None, as_json: bool) -> None:
    from ruqi.commands.plan_words import unresolved_lines
    from ruqi.commands.play_words import message_lines, played_data, tell_cycles
    from ruqi.commands.previewing import preview_of
    from ruqi.files import plan_named

    plan = plan_named(name)
    with the_office() as office, working("plan.previewing", title=plan.heading):
        done = preview_of(office, plan, now(), roster)
    if as_json:
        emit(played_data(done))
        return
    lines(message_lines(done))
    tell("plan.previewed", messages=len(done.messages), reminders=len(done.reminders), due=len(done.due))
    tell_cycles([plan])
    for report in done.imports:
        for line in unresolved_lines(report):
            click.echo(line, err=True)


@command.command("check")
@click.argument("name")
def check(name: str) -> None:
    from ruqi.files import line_of, problems_of

    problems = problems_of(name)
    lines([line_of(problem) for problem in problems])
    errors = sum(problem.level == "error" for problem in problems)
    tell("plan.checked" if problems else "plan.faultless", name=name, errors=errors, warnings=len(problems) - errors)
    if errors:
        click.get_current_context().exit(FAILED)


@command.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True)
def show(name: str, *, as_json: bool) -> None:
    from ruqi.commands.plan_words import duty_data, duty_lines, find_plan

    with reading() as desk:
        head, duties = find_plan(desk, name)
    if as_json:
        emit({"plan": head, "duties": [duty_data(duty) for duty in duties]})
    else:
        lines([head["title"], *duty_lines(duties)])


command.add_command(read)
