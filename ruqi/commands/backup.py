"""`ruqi backup`: a copy of everything, made while the program runs, and restored once to see that it can be."""

from pathlib import Path

import click

from ruqi.office import now, opened, settings_and_log
from ruqi.speech import emit, note, tell, working
from ruqi.spoken import Spoken


@click.command(cls=Spoken)
@click.argument("to", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--portable", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def command(to: Path | None, *, portable: bool, as_json: bool) -> None:
    from ruqi.wiring import backup_folder
    from usecases.backup import take_backup

    settings = settings_and_log()
    where, keep = (backup_folder(settings), settings.backup_keep) if to is None else (to, None)
    office = opened(settings).office
    try:
        with working("backup.making"):
            taken = take_backup(office, now(), where, keep=keep, rows=portable)
    finally:
        office.store.close()
    page = taken.page
    if as_json:
        emit({"folder": str(taken.folder), "made_at": page.made_at, "rows": page.rows, "missing": page.missing})
        return
    tell("backup.made", where=taken.folder)
    values = {"rows": sum(page.rows.values()), "files": page.evidence, "mb": f"{page.size / 1e6:.1f}"}
    note("backup.tried", seconds=f"{page.seconds:.1f}", **values)
    if page.missing:
        note("backup.missing", count=page.missing)
    if taken.removed:
        note("backup.removed", count=taken.removed)
