"""Sealing: once a minute what the timeline got since is tied to all that was there before.

A row is written without a thought of this: nothing is computed, locked or looked up for it. So what was tampered with
before its minute was over is not found; what was sealed is.
"""

import logging
from datetime import UTC, datetime

from storage import seals, timeline
from storage.keeper import BadKey, Head, Keeper, name_of
from storage.rows import Seal
from usecases.chain import Unsealed, code_of, marks_of
from usecases.errors import Refused
from usecases.office import Desk, Office

MOST = 500
"""Rows under one seal."""
MOST_SEALS = 40
"""Seals made at once: an office that is upgraded has years of rows."""
VERB = "erase"
"""The act that names rows whose words were erased."""

log = logging.getLogger(__name__)


class NoKey(Refused):
    """There are seals, and the key they were made with is not here."""

    key = "no_seal_key"


class Behind(Refused):
    """The database is not the one that was sealed last: older, or without its last seals. Nothing is sealed over it."""

    key = "behind_witness"


def seal_what_is_new(office: Office, now: datetime) -> int:
    """Seal the rows behind the last seal; gives how many. Another node's seals are left to it. Raises NoKey, Behind."""
    keeper = office.keeper
    if keeper is None:
        return 0
    with office.read(now) as desk:
        last, newest = seals.newest(desk.tx), seals.last_row(desk.tx)
    if newest <= (last.last_row if last else 0):
        return 0
    key = key_for(keeper, last, alone=office.store.dialect == "sqlite")
    if key is None:
        return 0
    with office.write(now) as desk:
        if is_behind(desk, keeper):
            raise Behind("The database is older than the last seal.", where=str(keeper.witness))
        made = _seal(desk, key) if seals.hold(desk.tx) else []
    if made:
        _bear_witness(keeper, made[-1])
    return sum(len(one.rows.split()) for one in made)


def is_behind(desk: Desk, keeper: Keeper) -> bool:
    """Whether the last seal that this machine made is not in the database as it was made. Raises OSError."""
    head = keeper.witnessed()
    return head is not None and [one.code for one in seals.between(desk.tx, head.number, head.number)] != [head.code]


def begin_anew(office: Office, now: datetime) -> int:
    """The key is lost for good: seal on with a new one; gives the number of the first seal that can be checked.

    That it was done is an act in the timeline. What was sealed before cannot be checked here any more. Raises OSError.
    """
    keeper = office.keeper
    if keeper is None:
        return 0
    keeper.put_key_aside()
    key = keeper.make_key()
    with office.write(now) as desk:
        timeline.add(desk.tx, at=now, verb="new_key", door="cli")
        if not seals.hold(desk.tx):
            raise NoKey("Somebody is writing; try again.", where=str(keeper.file))
        made = _seal(desk, key)
    keeper.bear_witness(Head(made[-1].number, made[-1].code, made[0].number), str(now))
    return made[0].number


def witness_anew(office: Office, now: datetime) -> None:
    """A backup was brought back on purpose: from here on its last seal is the last. Raises OSError."""
    keeper = office.keeper
    if keeper is None or keeper.witnessed() is None:
        return
    with office.read(now) as desk:
        last = seals.newest(desk.tx)
    if last:
        _bear_witness(keeper, last)
    else:
        keeper.forget()


def key_for(keeper: Keeper, last: Seal | None, *, alone: bool) -> bytes | None:
    """The key to seal with; None where the last seal is another node's, if there can be one. Raises NoKey."""
    try:
        key = keeper.key()
        if key is None and last is None:
            key = keeper.make_key()
        mine = keeper.witnessed() is not None
    except (OSError, BadKey) as error:
        raise NoKey("The key of the seals cannot be read.", where=str(keeper.file)) from error
    if key is None and mine:
        raise NoKey("The key of the seals is gone.", where=str(keeper.file))
    if key and (last is None or last.key == name_of(key)):
        return key
    if alone:
        raise NoKey("The key is not the one the last seal was made with.", where=str(keeper.file))
    return None


def _seal(desk: Desk, key: bytes) -> list[Seal]:
    last, made = seals.newest(desk.tx), list[Seal]()
    for _ in range(MOST_SEALS):
        after = last.last_row if last else 0
        rows = seals.rows_after(desk.tx, after, MOST)
        if not rows:
            break
        number, previous = (last.number + 1, last.code) if last else (1, "")
        what = Unsealed(number, desk.now.astimezone(UTC).isoformat(), after, rows[-1].id, marks_of(key, rows), previous)
        last = Seal(number, desk.now, after, what.last_row, what.rows, previous, name_of(key), code_of(key, what))
        seals.add(desk.tx, **{name: getattr(last, name) for name in Seal.__slots__})
        made.append(last)
    return made


def _bear_witness(keeper: Keeper, last: Seal) -> None:
    """Beside the key; and in the log, which goes to other places too."""
    before = keeper.witnessed()
    keeper.bear_witness(Head(last.number, last.code, min(before.first if before else 1, last.number)), str(last.at))
    log.info("sealed up to row %s: seal %s, %s", last.last_row, last.number, last.code, extra={"routine": True})
