"""What a test may order, one function a verb, called as `POST /_control/<verb>` with JSON arguments."""

import base64
from typing import Any

from tests.bot_api.bench import Bench
from tests.bot_api.control_people import PEOPLE_VERBS
from tests.bot_api.faults import Fault
from tests.bot_api.limits import Limits
from tests.bot_api.rules import Rule
from tests.bot_api.world import Json


def run_verb(bench: Bench, verb: str, args: Json) -> object:
    """Carry out one order; AssertionError when nobody could do such a thing."""
    assert verb in VERBS, f"no such order: {verb}"
    return VERBS[verb](bench, **args)


def inject(bench: Bench, *, fault: Json, **aim: Any) -> int:  # noqa: ANN401  # the fields of Rule
    rule = Rule(len(bench.rules.rules) + 1, Fault(**fault), **aim)
    bench.rules.add(rule)
    return rule.number


def hits(bench: Bench, *, rule: int) -> int:
    return bench.rules.rules[rule - 1].hits


def clear(bench: Bench, *, rule: int | None = None) -> None:
    for one in bench.rules.rules:
        one.times = 0 if rule in (None, one.number) else one.times


def limits(bench: Bench, *, overall: int, per_chat: int, per_group: int) -> None:
    bench.limits = Limits(overall, per_chat, per_group)


def queues_raw(bench: Bench, *, body: Json) -> int:
    return bench.world.queue.push_raw(body, now=bench.clock.now())


def pending(bench: Bench) -> list[Json]:
    return [update.body for update in bench.world.queue.take(0, 1_000_000, now=bench.clock.now())]


def forgets(bench: Bench) -> None:
    """Telegram loses every update that waits, as it does after a day."""
    bench.world.queue.pending.clear()


def clock(bench: Bench, *, advance: float = 0.0, at: float | None = None, frozen: bool = False) -> float:
    if at is not None:
        bench.clock.set(at, frozen=frozen)
    bench.clock.advance(advance)
    return bench.clock.now()


def ledger(bench: Bench, *, after: int = 0) -> list[Json]:
    return bench.ledger.entries[after:]


def complaints(bench: Bench) -> list[str]:
    return bench.complaints


def commands(bench: Bench) -> list[Json]:
    found = bench.world.commands.items()
    return [{"scope": scope, "language": language, "commands": items} for (scope, language), items in found]


def profile(bench: Bench) -> Json:
    return {f"{part} {language}".strip(): text for (part, language), text in bench.world.profile.items()}


def file(bench: Bench, *, file: str) -> str:
    return base64.b64encode(bench.world.files[file.removesuffix("-s")].content).decode()


OWN_VERBS = (
    inject,
    hits,
    clear,
    limits,
    queues_raw,
    pending,
    forgets,
    clock,
    ledger,
    complaints,
    commands,
    profile,
    file,
)
VERBS = {verb.__name__: verb for verb in (*PEOPLE_VERBS, *OWN_VERBS)}
