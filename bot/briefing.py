"""Briefing the bureau: what waits for its decision, whom nothing reaches, how the week went."""

from bot import views_bureau
from bot.admitting import show_joinings
from bot.intents_bureau import Brief
from bot.turn import Reply, Turn, line
from texts import week
from texts.values import PartView
from usecases import bureau_mail
from usecases.dead_groups import dead_groups
from usecases.decisions import Decisions, decisions
from usecases.remit import remit
from usecases.unreachable import unreachable

SEES = frozenset({"bureau", "auditor", "administrator"})


def brief(turn: Turn, meant: Brief) -> Reply:
    if meant.topic == "decisions":
        return show_decisions(turn)
    if meant.topic == "unreachable":
        return show_unreachable(turn)
    return show_week(turn)


def show_week(turn: Turn) -> Reply:
    """The report of the week as it stands now; where a picture can be shown, it comes as a message of its own."""
    if turn.officer.role not in SEES:
        return line(turn, "talk.bureau_only")
    found = bureau_mail.week_of(turn.desk, turn.reader, turn.officer)
    if not found.rows:
        return line(turn, "talk.week_none")
    said = turn.incoming
    if said.channel != "web" and turn.officer.role == "bureau":
        bureau_mail.send_week(turn.desk, turn.officer, said.channel, said.address)
        return line(turn, "talk.week_comes")
    return Reply((week.weekly(turn.reader, found),))


def show_decisions(turn: Turn) -> Reply:
    if turn.officer.role not in SEES:
        return line(turn, "talk.bureau_only")
    found = decisions(turn.desk, turn.officer)
    shown = waiting(found)[: views_bureau.MOST]
    return Reply((views_bureau.decisions(turn.reader, found, shown),), parts=tuple(part.id for part in shown))


def show_next(turn: Turn) -> Reply:
    """The first that waits, with its buttons; the next comes once it is decided."""
    if turn.officer.role not in SEES:
        return line(turn, "talk.bureau_only")
    found = decisions(turn.desk, turn.officer)
    first = next(iter(waiting(found)), None)
    if first is None and found.joinings:
        return show_joinings(turn)
    if first is None:
        return Reply((views_bureau.decisions(turn.reader, found, []),))
    return Reply((views_bureau.decision(turn.reader, first),), parts=(first.id,))


def show_unreachable(turn: Turn) -> Reply:
    if turn.officer.role not in SEES:
        return line(turn, "talk.bureau_only")
    within = remit(turn.desk, turn.officer)
    lost, groups = unreachable(turn.desk, within), dead_groups(turn.desk, within)
    return Reply((views_bureau.unreachable(turn.reader, lost, groups),))


def waiting(found: Decisions) -> list[PartView]:
    """Extensions and refusals before reports: a unit waits for them to know what it has to do."""
    return [*(asked.part for asked in found.extensions), *found.refused, *found.to_verify]
