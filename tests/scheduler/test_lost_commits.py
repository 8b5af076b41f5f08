"""The line to PostgreSQL is cut at every COMMIT in turn, before it is heard and before its answer comes back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.engine import make_url

from scheduler import postman
from scheduler.beat import Beat
from schedules.plan import Duty, Plan
from schedules.timing import By
from storage import deliveries
from storage.engine import Store, open_store
from storage.migrate import upgrade
from storage.rows import InboxRow
from tests.rigs.cutting import Cutter, How, cutter
from tests.scheduler.office import Bureau, Chat, bureau
from texts.values import Message
from usecases import deliver, inbox
from usecases.import_plan import import_plan
from usecases.office import Desk

STAGES = 7
"""Commits of one wave: the answer handled, the reminder handed over, both claimed, each written and recorded."""


@pytest.fixture
def direct(postgres_database: str) -> Iterator[Bureau]:
    """The office seen from the database's own machine."""
    store = open_store(postgres_database)
    upgrade(store)
    yield bureau(store)
    store.close()


@pytest.fixture
def line(postgres_database: str) -> Iterator[Cutter]:
    url = make_url(postgres_database)
    with cutter(str(url.host), int(url.port or 0)) as made:
        yield made


@pytest.fixture
def far(postgres_database: str, line: Cutter) -> Iterator[Store]:
    """The database as the node reaches it."""
    store = open_store(make_url(postgres_database).set(port=line.port).render_as_string(hide_password=False))
    yield store
    store.close()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("how", ["unsent", "unheard"])
async def test_nothing_is_lost_nor_doubled_at_any_commit(
    direct: Bureau, line: Cutter, far: Store, how: How, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "PAUSE", 0.01)
    direct.enroll()
    chat = Chat()
    office = replace(direct.office, store=far)
    beat = Beat(office, direct.clock, messengers=[chat], handlers={"chat": note})
    await beat.settled()  # the first roll
    wave = 0
    while wave == 0 or line.fired:
        wave += 1
        begin(direct, wave)
        line.arm(wave, how)
        await beat.settled()
        line.disarm()
        direct.later(minutes=2)  # whatever lease is left runs out
        await beat.settled()
        check(direct, chat, wave)
    assert wave > STAGES, "each of these commits was cut once"


def begin(direct: Bureau, wave: int) -> None:
    """A reminder falls due, and somebody says something."""
    duty = Duty("1", "1", title(wave), roles={"responsible": ("司法局",)}, due=(By(date(2024, 2, 29)),))
    plan = Plan(f"p{wave}", title(wave), issued=date(2024, 1, 1), begins=date(2024, 1, 1), duties=(duty,))
    with direct.office.write(direct.clock.now()) as desk:
        import_plan(desk, plan)
        inbox.take_in(desk, channel="chat", account="a", source_id=str(wave), payload={"says": f"答复{wave}"})


def title(wave: int) -> str:
    return f"第{wave:03}件工作"


def note(desk: Desk, row: InboxRow) -> None:
    """The effect of what somebody said is a word to them."""
    deliver.say(desk, Message((f"收到{row.payload['says']}",)), officer_id=None, channel="chat", address="a")


def check(direct: Bureau, chat: Chat, wave: int) -> None:
    """Each was seen once; none says that it may be a repeat, because the messenger was never in doubt."""
    seen = [
        out for out in chat.sent if title(wave) in out.message.text or f"答复{wave}" in out.message.text.split("收到")
    ]
    assert sorted(out.kind for out in seen) == ["digest", "say"], f"wave {wave}: {chat.texts()}"
    assert not any(out.possible_repeat for out in seen), f"wave {wave}"
    with direct.office.read(direct.clock.now()) as desk:
        assert deliveries.counts(desk.tx) == {"sent": 2 * wave}
