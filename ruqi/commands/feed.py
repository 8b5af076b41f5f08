"""`ruqi feed`: calendar addresses of a person. An address is shown once, when it is made; only its digest is kept."""

import click

from ruqi.office import reading, writing
from ruqi.speech import emit, note, table, tell, text
from ruqi.spoken import SpokenGroup

SCOPES = ("person", "unit", "plan", "bureau")


@click.group(cls=SpokenGroup)
def command() -> None:
    """Feeds."""


@command.command("create")
@click.argument("name")
@click.option("--unit", metavar="UNIT")
@click.option("--scope", type=click.Choice(SCOPES), default="person")
@click.option("--plan", metavar="NAME")
@click.option("--todo", is_flag=True)
@click.option("--alarm", "alarms", metavar="MINUTES", type=click.IntRange(0, 60 * 24 * 28), multiple=True)
@click.option("--json", "as_json", is_flag=True)
def create(  # noqa: PLR0913 - one for each choice a subscriber has
    name: str, *, unit: str | None, scope: str, plan: str | None, todo: bool, alarms: tuple[int, ...], as_json: bool
) -> None:
    from storage import plans
    from usecases import enroll, feed
    from usecases.errors import NoSuchPlan

    if (scope == "plan") != (plan is not None):
        raise click.UsageError(text("feed.plan_goes_with_scope"), click.get_current_context())
    with writing() as desk:
        officer = enroll.find_officer(desk, name, unit)
        row = plans.by_key(desk.tx, plan) if plan else None
        if plan and row is None:
            raise NoSuchPlan(f"The plan {plan!r} is not imported.", plan=plan)
        subject = row.id if row else None
        secret = feed.create_feed(desk, officer, scope, subject_id=subject, todo=todo, alarms=alarms)  # type: ignore[arg-type]  # click has checked the word
        url = f"{desk.office.base_url}/feeds/{secret}.ics"
    _show(officer.name, url, as_json=as_json)


@command.command("list")
@click.argument("name")
@click.option("--unit", metavar="UNIT")
@click.option("--json", "as_json", is_flag=True)
def list_(name: str, *, unit: str | None, as_json: bool) -> None:
    from ruqi.commands.people_words import feed_rows
    from usecases import enroll

    with reading() as desk:
        rows = feed_rows(desk, enroll.find_officer(desk, name, unit))
    if as_json:
        emit(rows)
    elif not rows:
        note("feed.none", officer=name)
    else:
        said = [
            (
                row["number"],
                text(f"scope.{row['scope']}"),
                f"{row['created']:%Y-%m-%d}",
                f"{row['last_used']:%Y-%m-%d %H:%M} {row['last_agent']}" if row["last_used"] else text("feed.unused"),
            )
            for row in rows
        ]
        table(("number", "scope", "created", "last_used"), said)


@command.command("rotate")
@click.argument("name")
@click.argument("number", type=int)
@click.option("--unit", metavar="UNIT")
@click.option("--json", "as_json", is_flag=True)
def rotate(name: str, number: int, *, unit: str | None, as_json: bool) -> None:
    from usecases import enroll, feed

    with writing() as desk:
        officer = enroll.find_officer(desk, name, unit)
        url = f"{desk.office.base_url}/feeds/{feed.rotate_feed(desk, officer, number)}.ics"
    _show(officer.name, url, as_json=as_json)


@command.command("revoke")
@click.argument("name")
@click.argument("number", type=int)
@click.option("--unit", metavar="UNIT")
def revoke(name: str, number: int, *, unit: str | None) -> None:
    from usecases import enroll, feed

    with writing() as desk:
        feed.revoke_feed(desk, enroll.find_officer(desk, name, unit), number)
    tell("feed.revoked", number=number)


def _show(officer: str, url: str, *, as_json: bool) -> None:
    if as_json:
        emit({"officer": officer, "url": url})
        return
    tell("feed.made", url=url)
    note("feed.once", officer=officer)
