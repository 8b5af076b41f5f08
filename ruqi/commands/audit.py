"""`ruqi audit`: is every reminder accounted for. It only looks."""

from dataclasses import asdict
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ruqi.office import now, reading, the_office
from ruqi.speech import emit, lines, note, tell, text
from ruqi.spoken import Spoken
from ruqi.tongue import language
from texts import catalogue

if TYPE_CHECKING:
    from usecases.audit import Finding
    from usecases.check_chain import ChainReport

FOUND = 2


@click.command(cls=Spoken)
@click.option("--json", "as_json", is_flag=True)
@click.option("--new-key", is_flag=True)
def command(*, as_json: bool, new_key: bool) -> None:
    from usecases.audit import audit_all

    if new_key:
        _begin_anew()
        return
    with reading() as desk:
        report = audit_all(desk)
        zone = desk.office.zone
    if as_json:
        rows = [asdict(finding) | {"says": _say(f"audit.{finding.check}")} for finding in report.findings]
        seals = {"looked_at": report.chain.known, "number": report.chain.number, "unsealed": report.chain.unsealed}
        emit({"at": report.at, "clean": report.clean, "reminders": report.places, "seals": seals, "findings": rows})
    else:
        lines([_line(finding, zone) for finding in report.findings])
        _tell_seals(report.chain, zone)
        for place, count in sorted(report.places.items()):
            note("audit.count", place=_say(f"audit.place.{place}"), n=count)
        total = sum(report.places.values())
        tell("audit.clean", n=total) if report.clean else tell("audit.found", n=len(report.findings))
    if not report.clean:
        click.get_current_context().exit(FOUND)


def _begin_anew() -> None:
    from usecases.seal import begin_anew

    with the_office() as office:
        tell("audit.new_key", n=begin_anew(office, now()))


def _line(finding: "Finding", zone: ZoneInfo) -> str:
    told = {"table": _say(f"audit.table.{finding.table}"), "row": finding.row, "says": _say(f"audit.{finding.check}")}
    if finding.at is None:
        return text("audit.row", **told)
    return text("audit.row_at", **told, at=f"{finding.at.astimezone(zone):%Y-%m-%d %H:%M}")


def _tell_seals(chain: "ChainReport", zone: ZoneInfo) -> None:
    """What the seals say of the timeline, where there are any."""
    if chain.number and not chain.known:
        note("audit.not_looked")
    elif chain.at and not chain.broken:
        note("audit.sealed", n=chain.number, at=f"{chain.at.astimezone(zone):%Y-%m-%d %H:%M}")
    if chain.known and chain.unsealed:
        note("audit.unsealed", n=chain.unsealed)


def _say(key: str) -> str:
    return catalogue.say(language(), key)
