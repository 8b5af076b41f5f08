"""The database is moved to another version's tables under a running beat: nothing more is claimed, nothing is lost."""

import pytest
from sqlalchemy import text

from scheduler.beat import Beat
from storage.refusals import StoreRefused
from tests.scheduler.office import Bureau, Chat
from tests.scheduler.test_sleeping import until


async def test_nothing_more_is_claimed_and_what_was_sent_is_written_down(here: Bureau) -> None:
    chat = Chat()
    gate = chat.hold("a")
    beat = Beat(here.office, here.clock, messengers=[chat])
    here.say("一")
    here.say("二", address="b")
    here.say("三", address="a")
    await beat.turn()
    await until(lambda: len(chat.tried) == 2 and here.delivery(2).state == "sent")
    here.say("四")
    move(here)
    with pytest.raises(StoreRefused, match="9999"):
        await beat.turn()
    gate.set()
    await beat.stop()
    rows = here.deliveries()
    assert [row.state for row in rows] == ["sent", "sent", "due", "due"], "what waited is given back"
    assert [row.ambiguous for row in rows] == [0, 0, 0, 0]
    assert chat.texts() == ["二", "一"]


def move(here: Bureau) -> None:
    with here.office.write(here.clock.now()) as desk:
        desk.tx.execute(text("UPDATE ruqi_version SET version_num = '9999'"))
