"""`ruqi play`: a period at full speed, with everything that would be said in it."""

from datetime import date, datetime

import click

from ruqi.office import now, on_paper
from ruqi.speech import emit, lines, tell, working
from ruqi.spoken import Spoken

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(cls=Spoken)
@click.option("--plan", "names", metavar="NAME", multiple=True, default=("hongsibu-2023",))
@click.option("--roster", metavar="NAME", default="sample-roster")
@click.option("--from", "first", metavar="DAY", type=DAY)
@click.option("--to", "last", metavar="DAY", type=DAY)
@click.option("--answers", type=click.Choice(["none", "prompt"]), default="none")
@click.option("--json", "as_json", is_flag=True)
def command(  # noqa: PLR0913 - one for each thing a play can be told
    *, names: tuple[str, ...], roster: str, first: datetime | None, last: datetime | None, answers: str, as_json: bool
) -> None:
    from ruqi.commands.play_words import due_lines, played_data, tell_cycles
    from ruqi.files import plan_named, roster_named
    from usecases.play import play

    plans, staff = [plan_named(name) for name in names], roster_named(roster)
    with on_paper() as office:
        begins, ends = _period(first, last, now().astimezone(office.zone).date())
        with working("play.playing", first=begins, last=ends):
            done = play(office, plans, staff, begins, ends, answers=answers, words=False)  # type: ignore[arg-type]  # click has checked the word
    if as_json:
        emit(played_data(done))
        return
    lines(due_lines(done))
    tell("play.counts", **played_data(done)["counts"])
    tell_cycles(plans)


def _period(first: datetime | None, last: datetime | None, today: date) -> tuple[date, date]:
    """By default the year in which it begins, this year if nothing is said."""
    begins = first.date() if first else today.replace(month=1, day=1)
    ends = last.date() if last else begins.replace(month=12, day=31)
    if ends < begins:
        from ruqi.speech import text

        raise click.UsageError(text("play.backwards", first=begins, last=ends), click.get_current_context())
    return begins, ends
