"""`ruqi link`: a one-time link by which a person signs in to the pages."""

import click

from ruqi.office import writing
from ruqi.speech import emit, note, tell
from ruqi.spoken import Spoken


@click.command(cls=Spoken)
@click.argument("name")
@click.option("--unit", metavar="UNIT")
@click.option("--json", "as_json", is_flag=True)
def command(name: str, *, unit: str | None, as_json: bool) -> None:
    from usecases import enroll, sign_in

    with writing() as desk:
        officer = enroll.find_officer(desk, name, unit)
        url = f"{desk.office.base_url}/in/{sign_in.issue_link(desk, officer)}"
        until = (desk.now + desk.office.link_life).astimezone(desk.office.zone)
    if as_json:
        emit({"officer": officer.name, "url": url, "expires": until})
        return
    tell("link.made", url=url)
    note("link.once", officer=officer.name, until=f"{until:%H:%M}")
