"""`ruqi drill`: see on your own machine that nothing is lost when Ruqi is killed."""

import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from ruqi.speech import emit, note, tell
from ruqi.spoken import Spoken

FAILED = 2


@click.command(cls=Spoken)
@click.option("--kills", metavar="N", type=click.IntRange(1, 1000), default=10)
@click.option("--units", metavar="N", type=click.IntRange(1, 200), default=12)
@click.option("--seed", metavar="N", type=click.IntRange(min=0), default=1)
@click.option("--json", "as_json", is_flag=True)
def command(*, kills: int, units: int, seed: int, as_json: bool) -> None:
    from ruqi.drill.judging import Account
    from ruqi.drill.running import Drill

    folder = Path(tempfile.mkdtemp(prefix="ruqi-drill-"))
    note("drill.begins", kills=kills, units=units, where=folder)
    found: Account = Drill(folder, kills=kills, units=units, seed=seed).run(
        lambda number: note("drill.killed", n=number, kills=kills)
    )
    if found.good:
        shutil.rmtree(folder)
    if as_json:
        emit({**asdict(found), "good": found.good, "kills": kills, "seed": seed})
    else:
        tell("drill.reminders", n=found.reminders, delivered=found.delivered, lost=found.lost)
        tell("drill.copies", n=found.copies, unmarked=found.unmarked)
        tell("drill.answers", n=found.answers, lost=found.answers_lost, doubled=found.answers_doubled)
        tell("drill.latest", n=f"{found.latest:.0f}")
        tell("drill.good") if found.good else tell("drill.bad", findings=found.findings, seed=seed, where=folder)
    if not found.good:
        click.get_current_context().exit(FAILED)
