"""Briefing the bureau: what waits for its decision, whom nothing reaches, how the week went."""

from bot import views_bureau
from bot.intents_bureau import Brief
from bot.turn import Reply, Turn, line
from texts.values import PartView
from usecases.decisions import Decisions, decisions
from usecases.unreachable import unreachable

SEES = frozenset({"bureau", "auditor", "administrator"})


def brief(turn: Turn, meant: Brief) -> Reply:
    if meant.topic == "decisions":
        return show_decisions(turn)
    if meant.topic == "unreachable":
        return show_unreachable(turn)
    return line(turn, "talk.bureau_only")


def show_decisions(turn: Turn) -> Reply:
    if turn.officer.role not in SEES:
        return line(turn, "talk.bureau_only")
    found = decisions(turn.desk)
    shown = waiting(found)[: views_bureau.MOST]
    return Reply((views_bureau.decisions(turn.reader, found, shown),), parts=tuple(part.id for part in shown))


def show_next(turn: Turn) -> Reply:
    """The first that waits, with its buttons; the next comes once it is decided."""
    if turn.officer.role not in SEES:
        return line(turn, "talk.bureau_only")
    found = decisions(turn.desk)
    first = next(iter(waiting(found)), None)
    if first is None:
        return Reply((views_bureau.decisions(turn.reader, found, []),))
    return Reply((views_bureau.decision(turn.reader, first),), parts=(first.id,))


def show_unreachable(turn: Turn) -> Reply:
    if turn.officer.role not in SEES:
        return line(turn, "talk.bureau_only")
    return Reply((views_bureau.unreachable(turn.reader, unreachable(turn.desk)),))


def waiting(found: Decisions) -> list[PartView]:
    """Extensions and refusals before reports: a unit waits for them to know what it has to do."""
    return [*(asked.part for asked in found.extensions), *found.refused, *found.to_verify]
