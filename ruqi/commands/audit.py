"""`ruqi audit`: is every reminder accounted for. It only looks."""

from dataclasses import asdict

import click

from ruqi.office import reading
from ruqi.speech import emit, lines, note, tell, text
from ruqi.spoken import Spoken
from ruqi.tongue import language
from texts import catalogue

FOUND = 2


@click.command(cls=Spoken)
@click.option("--json", "as_json", is_flag=True)
def command(*, as_json: bool) -> None:
    from usecases.audit import audit_all

    with reading() as desk:
        report = audit_all(desk)
    if as_json:
        rows = [asdict(finding) | {"says": _say(f"audit.{finding.check}")} for finding in report.findings]
        emit({"at": report.at, "clean": report.clean, "reminders": report.places, "findings": rows})
    else:
        lines(
            [
                text("audit.row", table=_say(f"audit.table.{f.table}"), row=f.row, says=_say(f"audit.{f.check}"))
                for f in report.findings
            ]
        )
        for place, count in sorted(report.places.items()):
            note("audit.count", place=_say(f"audit.place.{place}"), n=count)
        total = sum(report.places.values())
        tell("audit.clean", n=total) if report.clean else tell("audit.found", n=len(report.findings))
    if not report.clean:
        click.get_current_context().exit(FOUND)


def _say(key: str) -> str:
    return catalogue.say(language(), key)
