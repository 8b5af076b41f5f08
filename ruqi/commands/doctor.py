"""`ruqi doctor`: one look at everything that has to be right, each with what to do when it is not."""

import click

from ruqi.speech import emit, lines, tell, text
from ruqi.spoken import Spoken

FAILED = 2


@click.command(cls=Spoken)
@click.option("--json", "as_json", is_flag=True)
def command(*, as_json: bool) -> None:
    from ruqi.examining import examine_all

    findings = list(examine_all())
    bad = sum(not finding.good for finding in findings)
    if as_json:
        emit([{"check": finding.check, "good": finding.good, "said": finding.said} for finding in findings])
    else:
        lines([f"{text('doctor.good' if finding.good else 'doctor.bad')} {finding.said}" for finding in findings])
        tell("doctor.all_good" if not bad else "doctor.some_bad", count=bad)
    if bad:
        click.get_current_context().exit(FAILED)
