"""One outgoing message, one outcome: against the fake Bot API over real HTTP, with every fault it knows."""

import asyncio
import logging

import pytest

from bot.channels.telegram import Telegram
from schedules.retry import Again, Outcome, Refused, Sent, Unknown
from storage import people
from tests.bot_api import faults
from tests.bot_api.client import BotApi
from tests.bot_api.faults import Fault
from tests.bot_api.people import Person
from tests.sample_files import picture
from tests.scheduler.office import Bureau
from texts.values import Button, Message
from usecases.deliver import Outgoing, Picture

CARD = Message(
    ("今天到期：办12 案卷评查 <2026> & 归档", "1月31日(周六) · 还有 3 个工作日"),
    ((Button("签收", "v1:receive:12"), Button("办结", "v1:report:12")),),
)
OTHER = 1002


@pytest.fixture
def officer(bot_api: BotApi) -> Person:
    return bot_api.person(id=1001, name="张敏", started=True)


def out(message: Message = CARD, address: int = 1001, **more: object) -> Outgoing:
    return Outgoing(1, address=str(address), message=message, **{"kind": "say", **more})  # type: ignore[arg-type]  # a test's short words


async def test_a_card_stands_on_the_screen(telegram: Telegram, officer: Person) -> None:
    sent = await telegram.messenger.send(out())
    seen = officer.last()
    assert sent == Sent(str(seen.message_id))
    assert seen.text == CARD.text
    assert seen.source.startswith("<b>今天到期：办12 案卷评查 &lt;2026&gt; &amp; 归档</b>\n1月31日")
    assert [(b.text, b.data) for row in seen.keyboard for b in row] == [
        ("签收", "v1:receive:12"),
        ("办结", "v1:report:12"),
    ]


async def test_an_answer_hangs_on_what_it_answers(telegram: Telegram, officer: Person) -> None:
    said = officer.says("办12")
    await telegram.messenger.send(out(reply_to=str(said.message_id)))
    assert officer.last().reply_to == said.message_id


async def test_an_answer_to_a_deleted_message_arrives_all_the_same(telegram: Telegram, officer: Person) -> None:
    said = officer.says("办12")
    officer.deletes(said)
    assert isinstance(await telegram.messenger.send(out(reply_to=str(said.message_id))), Sent)


async def test_a_card_is_edited_in_place_and_editing_twice_is_no_error(telegram: Telegram, officer: Person) -> None:
    sent = await telegram.messenger.send(out())
    assert isinstance(sent, Sent)
    done = out(Message(("已报结：办12",)), kind="edit", edit_ref=sent.message_id)
    assert await telegram.messenger.send(done) == sent
    assert (officer.last().text, officer.last().buttons) == ("已报结：办12", ())
    assert await telegram.messenger.send(done) == sent


@pytest.mark.parametrize("ref", ["99", "", "x"])
async def test_a_card_that_is_gone_is_refused_but_not_the_chat(telegram: Telegram, officer: Person, ref: str) -> None:
    outcome = await telegram.messenger.send(out(kind="edit", edit_ref=ref))
    assert isinstance(outcome, Refused)
    assert not outcome.gone


PROXY_PAGE = Fault("407", status=407, body="<html>", content_type="text/html")
EVERY_WAY = (faults.unauthorized(), faults.reset(), faults.bad_gateway(), faults.junk(), faults.bad_request("x"))

TABLE: list[tuple[str, Fault, Outcome, int]] = [
    ("429 names its wait", faults.too_many(7), Again(after=7), 0),
    ("blocked: the address is dead", faults.forbidden("blocked"), Refused("", gone=True), 0),
    ("the account was deleted", faults.forbidden("deactivated"), Refused("", gone=True), 0),
    ("shown out of a group", faults.forbidden("kicked"), Refused("", gone=True), 0),
    ("never let in", faults.forbidden("left"), Refused("", gone=True), 0),
    ("never started", faults.forbidden("unstarted"), Refused("", gone=True), 0),
    ("no such chat", faults.bad_request("chat not found"), Refused("", gone=True), 0),
    ("a ban on writing may be lifted", faults.forbidden("Forbidden: not enough rights"), Refused("", gone=False), 0),
    ("an unknown no is final and raised", faults.bad_request("the moon is full"), Refused("", gone=False), 0),
    ("an inner error may have come after the effect", faults.server_error(500), Unknown(""), 0),
    ("a gateway's page says nothing", faults.bad_gateway(), Unknown(""), 0),
    ("200 with a page, not done", faults.junk(), Unknown(""), 0),
    ("200 with a page, done", faults.junk(takes_effect=True), Unknown(""), 1),
    ("200 with JSON of somebody else", faults.junk(body='{"hello": 1}', takes_effect=True), Unknown(""), 1),
    ("a reset before the effect looks the same", faults.reset(), Unknown(""), 0),
    ("as one after it", faults.lost_answer(), Unknown(""), 1),
    ("half an answer", faults.half_answer(), Unknown(""), 1),
    ("a proxy's own page reached nobody", PROXY_PAGE, Again(), 0),
    ("a refused token", faults.unauthorized(), Again(after=60), 0),
    ("a wrong address of the server", faults.refusal(404, "Not Found"), Again(after=60), 0),
]


@pytest.mark.parametrize(("why", "fault", "expected", "seen"), TABLE, ids=[row[0] for row in TABLE])
async def test_what_each_fault_means(
    telegram: Telegram, bot_api: BotApi, officer: Person, *, why: str, fault: Fault, expected: Outcome, seen: int
) -> None:
    bot_api.inject(fault, method="sendMessage")
    outcome = await telegram.messenger.send(out())
    assert type(outcome) is type(expected), (why, outcome)
    for part in ("gone", "after"):
        assert getattr(outcome, part, None) == getattr(expected, part, None), (why, outcome)
    assert len(bot_api.delivered()) == seen


async def test_nobody_there_is_surely_not_sent(quick: Bureau) -> None:
    nowhere = Telegram("770001:secret-of-the-bot", "http://127.0.0.1:9", quick.office, quick.clock, wake=lambda: None)
    outcome = await nowhere.messenger.send(out())
    assert isinstance(outcome, Again)
    assert "ConnectError" in outcome.reason
    await nowhere.close()


async def test_markup_that_telegram_dislikes_goes_out_as_plain_text(
    telegram: Telegram, bot_api: BotApi, officer: Person
) -> None:
    bot_api.inject(faults.bad_request("can't parse entities: unsupported start tag"), method="sendMessage")
    linked = Message(CARD.lines, ((Button("看台账", url="https://ruqi.example.cn/ledger"),),))
    assert isinstance(await telegram.messenger.send(out(linked)), Sent)
    assert officer.last().text == f"{CARD.text}\n看台账 https://ruqi.example.cn/ledger"
    assert len(bot_api.ledger("sendMessage")) == 2


async def test_plain_text_that_is_refused_too_ends_there(telegram: Telegram, bot_api: BotApi, officer: Person) -> None:
    bot_api.inject(faults.bad_request("can't parse entities"), method="sendMessage", times=None)
    outcome = await telegram.messenger.send(out())
    assert (type(outcome), len(bot_api.ledger("sendMessage"))) == (Refused, 2)


async def test_a_link_to_this_machine_stands_in_the_text(telegram: Telegram, officer: Person) -> None:
    links = (Button("收件箱", url="http://localhost:8080/in"), Button("坏", url="http://["), Button("清单", "v1:list"))
    assert isinstance(await telegram.messenger.send(out(Message(("绑定成功",), (links,)))), Sent)
    assert officer.last().text == "绑定成功\n收件箱 http://localhost:8080/in\n坏 http://["
    assert officer.last().buttons == ("清单",)


async def test_data_too_long_costs_the_button_not_the_message(telegram: Telegram, officer: Person) -> None:
    long = Message(("清单",), ((Button("长", "v1:" + "长" * 21), Button("短", "v1:list")),))
    assert isinstance(await telegram.messenger.send(out(long)), Sent)
    assert officer.last().buttons == ("短",)


async def test_nothing_to_say_is_refused_without_a_call(telegram: Telegram, bot_api: BotApi, officer: Person) -> None:
    assert isinstance(await telegram.messenger.send(out(Message(("", "\x00 \n")))), Refused)
    assert bot_api.ledger() == []


async def test_broken_characters_and_great_length_arrive(telegram: Telegram, officer: Person) -> None:
    wild = Message(("\ud83d坏\x00字\x1b", "👩‍👩‍👧‍👦<b>" * 2000))
    assert isinstance(await telegram.messenger.send(out(wild)), Sent)
    assert officer.last().text.startswith("\ufffd坏字\n👩‍👩‍👧‍👦<b>")
    assert officer.last().text.endswith("…")


async def test_one_chat_told_to_wait_waits_alone(telegram: Telegram, bot_api: BotApi, officer: Person) -> None:
    other = bot_api.person(id=OTHER, name="马兰", started=True)
    bot_api.inject(faults.too_many(60), chat=officer)
    assert await telegram.messenger.send(out()) == Again(60, "429 Too Many Requests: retry after 60")
    again = await telegram.messenger.send(out())
    assert isinstance(again, Again)
    assert again.after == pytest.approx(60, abs=2)
    assert isinstance(await telegram.messenger.send(out(address=OTHER)), Sent)
    assert (len(bot_api.ledger(chat=officer)), len(other.hears())) == (1, 1)


async def test_the_pace_of_one_chat_does_not_slow_the_others(
    telegram: Telegram, bot_api: BotApi, officer: Person
) -> None:
    bot_api.person(id=OTHER, name="马兰", started=True)
    for _ in range(3):
        assert isinstance(await telegram.messenger.send(out()), Sent)
    began = asyncio.get_running_loop().time()
    fourth = asyncio.create_task(telegram.messenger.send(out()))
    assert isinstance(await telegram.messenger.send(out(address=OTHER)), Sent)
    assert asyncio.get_running_loop().time() - began < 0.5
    assert isinstance(await fourth, Sent)
    assert 0.5 < asyncio.get_running_loop().time() - began < 3


async def test_a_group_gets_one_a_second(telegram: Telegram, bot_api: BotApi, officer: Person) -> None:
    """That it gets no more than twenty a minute either is held by the pace itself (test_pacing), without the minute."""
    group = bot_api.group(-1000001, "联络群", members=[officer])
    bot_api.enforce_limits(overall=30, per_chat=0, per_group=20)
    began = asyncio.get_running_loop().time()
    for _ in range(3):
        assert isinstance(await telegram.messenger.send(out(address=group.id)), Sent)
    assert 2 <= asyncio.get_running_loop().time() - began < 10
    assert len(bot_api.ledger(chat=group)) == 3


async def test_a_group_that_became_a_supergroup_is_followed(
    telegram: Telegram, bot_api: BotApi, quick: Bureau, officer: Person
) -> None:
    group = bot_api.group(-1000001, "联络群", members=[officer], kind="group")
    quick.enroll("telegram", str(group.id))
    new = group.migrates(-100200300)
    card = out(address=group.id, reply_to="1")
    assert await telegram.messenger.send(card) == Again(0.0, "the chat -1000001 is now -100200300")
    assert isinstance(await telegram.messenger.send(card), Sent)
    assert [(seen.text, seen.reply_to) for seen in new.hears()] == [(CARD.text, None)]
    with quick.office.read(quick.clock.now()) as desk:
        assert people.contact_at(desk.tx, "telegram", str(new.id))
        assert people.contact_at(desk.tx, "telegram", str(group.id)) is None
    outcome = await telegram.messenger.send(out(address=group.id, kind="edit", edit_ref="1"))
    assert isinstance(outcome, Refused)


async def test_a_refused_token_stops_all_and_is_told_once(
    telegram: Telegram, bot_api: BotApi, officer: Person, caplog: pytest.LogCaptureFixture
) -> None:
    bot_api.person(id=OTHER, name="马兰", started=True)
    bot_api.inject(faults.unauthorized(), times=None)
    first = await telegram.messenger.send(out())
    second = await telegram.messenger.send(out(address=OTHER))
    assert isinstance(first, Again)
    assert isinstance(second, Again)
    assert len(bot_api.ledger("sendMessage")) == 1
    assert [record.levelname for record in caplog.records].count("CRITICAL") == 1


@pytest.mark.parametrize(("language", "mark"), [("zh", "可能重复"), ("en", "repeat")])
async def test_a_possible_repeat_says_so_in_the_reader_s_language(
    telegram: Telegram, quick: Bureau, officer: Person, language: str, mark: str
) -> None:
    quick.enroll("telegram", "1001")
    with quick.office.write(quick.clock.now()) as desk:
        people.change_officer(desk.tx, people.officers_named(desk.tx, "张敏")[0].id, language=language)
    await telegram.messenger.send(out(possible_repeat=True))
    await telegram.messenger.send(out(kind="digest", possible_repeat=True))
    marked, digest = officer.hears()
    assert mark in marked.text.rpartition("\n")[2]
    assert digest.text == CARD.text


async def test_the_token_shows_nowhere(
    telegram: Telegram, bot_api: BotApi, officer: Person, caplog: pytest.LogCaptureFixture
) -> None:
    secret = bot_api.token.partition(":")[2]
    told = [repr(telegram), repr(telegram.messenger)]
    with caplog.at_level(logging.DEBUG):
        for fault in EVERY_WAY:
            bot_api.inject(fault, method="sendMessage")
            told.append(str(await telegram.messenger.send(out())))
            telegram.messenger._pacing._rests.clear()  # noqa: SLF001 - not the pace is on trial here
    ours = [record for record in caplog.records if not record.name.startswith("uvicorn")]  # the fake's own server
    told += [record.getMessage() + str(record.exc_text) for record in ours]
    assert len(told) >= 7
    assert not [words for words in told if secret in words]


PICTURE = Picture(picture("PNG"), "各单位按时率")


async def test_a_picture_stands_over_its_words(telegram: Telegram, officer: Person) -> None:
    sent = await telegram.messenger.send(out(picture=PICTURE))
    seen = officer.last()
    assert sent == Sent(str(seen.message_id))
    assert seen.file_id
    assert seen.text == CARD.text
    assert seen.buttons == ("签收", "办结")


async def test_words_too_long_for_a_caption_come_first(telegram: Telegram, bot_api: BotApi, officer: Person) -> None:
    sent = await telegram.messenger.send(out(Message(("长" * 1500,)), picture=PICTURE))
    words, shown = officer.hears()
    assert sent == Sent(str(words.message_id))
    assert (shown.text, bool(shown.file_id)) == ("各单位按时率", True)


async def test_a_picture_that_is_not_taken_costs_no_word(telegram: Telegram, bot_api: BotApi, officer: Person) -> None:
    bot_api.inject(faults.bad_request("PHOTO_INVALID_DIMENSIONS"), method="sendPhoto")
    assert isinstance(await telegram.messenger.send(out(picture=PICTURE)), Sent)
    assert officer.last().text == CARD.text


async def test_a_picture_waits_its_turn_like_words(telegram: Telegram, bot_api: BotApi, officer: Person) -> None:
    bot_api.inject(faults.too_many(7), method="sendPhoto")
    assert isinstance(await telegram.messenger.send(out(picture=PICTURE)), Again)
    assert officer.hears() == []


async def test_a_topic_is_written_to_in_the_topic(telegram: Telegram, bot_api: BotApi, officer: Person) -> None:
    forum = bot_api.group(-100777, "联络群", members=[officer], forum=True)
    topic = forum.opens_topic("司法局")
    for shown in (None, PICTURE):
        await telegram.messenger.send(Outgoing(1, "say", f"-100777/{topic}", CARD, picture=shown))
        assert forum.last().topic == topic
