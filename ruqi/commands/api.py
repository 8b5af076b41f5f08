"""`ruqi api`: tokens for other programs. A token is shown once, when it is made; only its digest is kept."""

from datetime import datetime, timedelta

import click

from ruqi.office import reading, writing
from ruqi.speech import emit, note, table, tell
from ruqi.spoken import SpokenGroup

SCOPES = ("read", "answer", "decide", "events")


@click.group(cls=SpokenGroup)
def command() -> None:
    """Tokens for programs."""


@command.command("create")
@click.argument("name")
@click.option("--unit", metavar="UNIT")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, default=("read",))
@click.option("--days", metavar="N", type=click.IntRange(1, 3650))
@click.option("--json", "as_json", is_flag=True)
def create(name: str, *, unit: str | None, scopes: tuple[str, ...], days: int | None, as_json: bool) -> None:
    from usecases import api_tokens, enroll

    with writing() as desk:
        officer = enroll.find_officer(desk, name, unit)
        life = None if days is None else timedelta(days=days)
        secret = api_tokens.create_token(desk, officer, scopes, life=life)
        address = f"{desk.office.base_url}/api/v1"
    if as_json:
        emit({"officer": officer.name, "scopes": list(scopes), "token": secret, "url": address})
        return
    tell("api.token", token=secret)
    note("api.once", officer=officer.name, scopes=" ".join(scopes), url=address)


@command.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(*, as_json: bool) -> None:
    from ruqi.commands.people_words import token_rows

    with reading() as desk:
        rows = token_rows(desk)
    if as_json:
        emit(rows)
    elif not rows:
        note("api.none")
    else:
        said = [
            (row["number"], row["officer"], row["scopes"], _day(row["created"]), _day(row["last_used"])) for row in rows
        ]
        table(("number", "officer", "scopes", "created", "last_used"), said)


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


@command.command("revoke")
@click.argument("number", type=click.IntRange(min=1))
def revoke(number: int) -> None:
    from usecases import api_tokens

    with writing() as desk:
        api_tokens.revoke_token(desk, number)
    note("api.revoked", number=number)
