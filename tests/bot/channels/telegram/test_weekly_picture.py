"""The report of the week, from the row that is queued to the photo in the chat; and the same where no font is."""

import pytest

from bot.channels.telegram import Telegram
from schedules.retry import Sent
from schedules.roster import Roster, RosterOfficer, RosterUnit
from storage import people
from tests.bot_api import BotApi, Person
from tests.scheduler.office import ROSTER, Bureau
from texts import picture
from usecases import bureau_mail, deliver
from usecases.enroll import load_roster

STAFF = Roster("名册", units=(*ROSTER.units, RosterUnit("政府办", officers=(RosterOfficer("李督办", "bureau"),))))


async def sent(quick: Bureau, telegram: Telegram, address: str) -> None:
    """Queue it, claim it, write it, send it, record it: as the beat does."""
    with quick.office.write(quick.clock.now()) as desk:
        load_roster(desk, STAFF)
        officer = people.officers_named(desk.tx, "李督办")[0]
        people.bind_contact(desk.tx, officer_id=officer.id, channel="telegram", address=address, now=desk.now)
    quick.assign(quick.clock.now().date())
    with quick.office.write(quick.clock.now()) as desk:
        bureau_mail.send_week(desk, officer, "telegram", address)
        (claimed,) = deliver.claim(desk, owner="test", channels=["telegram"])
        outgoing = deliver.prepare(desk, claimed)
    assert outgoing
    outcome = await telegram.messenger.send(outgoing)
    assert isinstance(outcome, Sent)
    with quick.office.write(quick.clock.now()) as desk:
        assert deliver.record(desk, claimed, outgoing, outcome)
    assert quick.delivery(claimed.id).state == "sent"


@pytest.fixture
def bureau_chat(bot_api: BotApi) -> Person:
    return bot_api.person(id=1002, name="李督办", started=True)


async def test_the_report_of_the_week_is_a_photo_with_its_words(
    quick: Bureau, telegram: Telegram, bureau_chat: Person
) -> None:
    await sent(quick, telegram, "1002")
    seen = bureau_chat.last()
    assert bool(seen.file_id) == bool(picture.font_path())
    assert seen.text.startswith("周报 1月8日(周一) 至 1月14日(周日)")


async def test_without_a_font_it_is_words_alone(
    quick: Bureau, telegram: Telegram, bureau_chat: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "font_path", lambda: "")
    await sent(quick, telegram, "1002")
    seen = bureau_chat.last()
    assert not seen.file_id
    assert seen.text.startswith("周报 1月8日(周一) 至 1月14日(周日)")
