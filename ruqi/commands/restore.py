"""`ruqi restore`: bring a backup back. What is there is moved aside, and only when that was asked for."""

from pathlib import Path

import click

from ruqi.office import now, settings_and_log
from ruqi.speech import note, tell, working
from ruqi.spoken import Spoken


@click.command(cls=Spoken)
@click.argument("folder", metavar="FROM", type=click.Path(path_type=Path, file_okay=False))
@click.option("--replace", is_flag=True)
def command(folder: Path, *, replace: bool) -> None:
    from ruqi.wiring import closed_office
    from usecases.restore import restore_backup

    office = closed_office(settings_and_log())
    try:
        with working("restore.working"):
            back = restore_backup(office, now(), folder, replace=replace)
    finally:
        office.store.close()
    tell("restore.done", made_at=f"{back.page.made_at.astimezone(office.zone):%Y-%m-%d %H:%M}")
    if back.moved_to:
        note("restore.moved", where=back.moved_to)
    note("restore.marked", reminders=back.reminders, messages=back.messages)
    note("restore.files", count=back.evidence)
    if back.damaged:
        note("restore.damaged", count=len(back.damaged), name=back.damaged[0][:12])
    note("restore.next")
