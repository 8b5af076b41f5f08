"""E-mail over real SMTP: what arrives, who may answer by it, and what each refusal leads to."""

import asyncio
import logging
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from bot.channels.mail import Mail, Mailbox
from bot.channels.mail.post import Security, _stuffed
from schedules.retry import Again, Outcome, Refused, Sent, Unknown
from storage import people, tokens
from tests.bot.channels.mail.conftest import TO
from tests.bot.channels.mail.rig import PASSWORD, USER, Office, Step, authenticate, breaking, certificate, mail_server
from tests.scheduler.office import Bureau
from texts.values import Button, Message
from usecases import sign_in
from usecases.deliver import Outgoing, Picture
from usecases.errors import BadLink

FROM = "如期 <ruqi@example.org>"
LINES = ("新任务 1 件：办12 案卷评查 · 12月31日(周四)", ".一行以点开头", "收到请回复“收12”。")


def letter(*lines: str, number: int = 7, to: str = TO, **more: object) -> Outgoing:
    return Outgoing(number, "digest", to, Message(lines or LINES), **more)  # type: ignore[arg-type]  # short words


def mail(here: Bureau, port: int, security: Security = "none", **more: object) -> Mail:
    box = Mailbox("127.0.0.1", port, security, FROM, **more)  # type: ignore[arg-type]  # short words
    return Mail(box, here.office, here.clock.now)


async def sent(here: Bureau, office: Office, outgoing: Outgoing) -> Outcome:
    async with mail_server(office) as port:
        return await mail(here, port).send(outgoing)


def text_of(found: EmailMessage, kind: str) -> str:
    body = found.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def secret_in(text: str) -> str:
    found = re.search(r"/in/([\w-]+)", text)
    assert found
    return found[1]


async def test_a_letter_arrives_whole(here: Bureau) -> None:
    office = Office()
    assert await sent(here, office, letter()) == Sent("")
    (found,) = office.letters
    assert found["subject"] == LINES[0]
    assert found["to"] == TO
    assert found["auto-submitted"] == "auto-generated"
    plain = text_of(found, "plain")
    assert plain.splitlines()[:3] == list(LINES)
    assert "请勿转发" in plain
    html = text_of(found, "html")
    assert f"<strong>{LINES[0]}</strong>" in html
    assert office.taken[0].rcpt_tos == [TO]
    assert office.taken[0].mail_from == "ruqi@example.org"


async def test_the_wire_carries_nothing_but_ascii(here: Bureau) -> None:
    office = Office()
    await sent(here, office, letter())
    raw = office.raw[0]
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) <= 998


async def test_what_is_written_cannot_break_out(here: Bureau) -> None:
    office = Office()
    await sent(here, office, letter("任务\r\nBcc: all@example.org", "<script>alert(1)</script>"))
    (found,) = office.letters
    assert found["bcc"] is None
    assert "<script>" not in text_of(found, "html")
    assert office.taken[0].rcpt_tos == [TO]


async def test_each_letter_has_a_link_of_its_own_that_signs_in_once(here: Bureau) -> None:
    office = Office()
    async with mail_server(office) as port:
        channel = mail(here, port)
        for number in (1, 2):
            await channel.send(letter(number=number))
    first, second = (secret_in(text_of(found, "plain")) for found in office.letters)
    assert first != second
    assert first == secret_in(text_of(office.letters[0], "html"))
    here.later(days=2)
    with here.office.write(here.clock.now()) as desk:
        assert tokens.find(desk.tx, "link", first) is not None
        assert sign_in.peek_link(desk, first) is not None, "looking spends nothing"
        assert sign_in.open_session(desk, first)[0].name == "张敏"
        with pytest.raises(BadLink):
            sign_in.open_session(desk, first)
    here.later(days=2)
    with here.office.write(here.clock.now()) as desk, pytest.raises(BadLink):
        sign_in.open_session(desk, second)


async def test_a_repeat_has_the_same_message_id_and_another_delivery_another(here: Bureau) -> None:
    office = Office()
    async with mail_server(office) as port:
        channel = mail(here, port)
        for number in (7, 7, 8):
            await channel.send(letter(number=number))
    ids = [found["message-id"] for found in office.letters]
    assert ids[0] == ids[1] != ids[2]
    assert re.fullmatch(r"<ruqi\.7\.\w+@example\.org>", ids[0])


async def test_a_notice_that_may_be_a_repeat_says_so(here: Bureau) -> None:
    office = Office()
    await sent(here, office, Outgoing(7, "say", TO, Message(("退回：办12",)), possible_repeat=True))
    assert "重复" in text_of(office.letters[0], "plain")


async def test_buttons_that_lead_somewhere_are_links_and_pictures_come_along(here: Bureau) -> None:
    office = Office()
    message = Message(("周报",), ((Button("打开台账", url="https://ruqi.example.cn/ledger"), Button("签收", "v1:x")),))
    await sent(here, office, Outgoing(7, "say", TO, message, picture=Picture(b"\x89PNG", "图")))
    (found,) = office.letters
    assert "打开台账 https://ruqi.example.cn/ledger" in text_of(found, "plain")
    assert "签收" not in text_of(found, "plain")
    assert [part.get_content_type() for part in found.iter_attachments()] == ["image/png"]


@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        (Office(to_rcpt="550 5.1.1 no such user"), Refused("550 5.1.1 no such user", gone=True)),
        (Office(to_rcpt="550 User unknown"), Refused("550 User unknown", gone=True)),
        (Office(to_rcpt="552 5.2.2 mailbox full"), Refused("552 5.2.2 mailbox full")),
        (Office(to_rcpt="550 5.7.1 <zhang@example.org> relaying denied"), Refused("550 5.7.1 … relaying denied")),
        (Office(to_rcpt="450 4.2.1 greylisted"), Again(None, "450 4.2.1 greylisted")),
        (Office(to_mail="452 4.3.1 full"), Again(None, "452 4.3.1 full")),
        (Office(to_mail="553 5.1.8 bad sender"), Refused("553 5.1.8 bad sender")),
        (Office(to_data="554 5.7.1 spam"), Refused("554 5.7.1 spam")),
        (Office(to_data="451 4.3.0 later"), Again(None, "451 4.3.0 later")),
    ],
)
async def test_what_a_refusal_leads_to(here: Bureau, says: Office, outcome: Outcome) -> None:
    assert await sent(here, says, letter()) == outcome


@pytest.mark.parametrize(
    ("at", "kind"),
    [("greeting", Again), ("EHLO", Again), ("MAIL", Again), ("RCPT", Again), ("DATA", Again), ("letter", Unknown)],
)
async def test_a_line_that_breaks_is_unknown_only_after_the_letter_was_handed_over(
    here: Bureau, at: Step, kind: type[Outcome]
) -> None:
    async with breaking(at) as port:
        assert isinstance(await mail(here, port).send(letter()), kind)


async def test_nobody_listening_is_surely_not_sent(here: Bureau) -> None:
    assert isinstance(await mail(here, 1).send(letter()), Again)


@pytest.mark.parametrize("security", ["starttls", "ssl"])
async def test_it_signs_in_over_a_line_nobody_can_read(here: Bureau, security: Security, tmp_path: Path) -> None:
    server, client = certificate(tmp_path)
    secured: dict[str, Any] = {"ssl_context": server, "auth_require_tls": False}
    if security == "starttls":
        secured = {"tls_context": server, "require_starttls": True, "auth_required": True}
    office = Office()
    async with mail_server(office, authenticator=authenticate, **secured) as port:
        channel = mail(here, port, security, user=USER, password=PASSWORD, context=client)
        assert await channel.send(letter()) == Sent("")
        wrong = mail(here, port, security, user=USER, password="wrong", context=client)
        outcome = await wrong.send(letter())
        stranger = mail(here, port, security, user=USER, password=PASSWORD)
        assert isinstance(await stranger.send(letter()), Again), "a certificate nobody knows is not trusted"
    assert isinstance(outcome, Again)
    assert outcome.after == 300
    assert len(office.taken) == 1


async def test_a_server_that_does_not_let_us_in_is_said_loudly_once(
    here: Bureau, caplog: pytest.LogCaptureFixture
) -> None:
    async with mail_server(Office()) as port:
        channel = mail(here, port, "starttls")
        for _ in range(3):
            await channel.send(letter())
    assert [record.levelname for record in caplog.records if record.name.startswith("bot.")] == ["CRITICAL"]


async def test_somebody_who_left_gets_no_link(here: Bureau) -> None:
    with here.office.write(here.clock.now()) as desk:
        people.change_officer(desk.tx, people.officers_named(desk.tx, "张敏")[0].id, active=False)
    office = Office()
    await sent(here, office, letter())
    assert "/in/" not in text_of(office.letters[0], "plain")


async def test_many_at_once_wait_their_turn(here: Bureau) -> None:
    office = Office()
    async with mail_server(office) as port:
        channel = mail(here, port)
        outcomes = await asyncio.gather(*(channel.send(letter(number=n)) for n in range(12)))
    assert set(outcomes) == {Sent("")}
    assert len(office.taken) == 12


async def test_an_edit_and_an_empty_message_are_refused_without_a_call(here: Bureau) -> None:
    channel = mail(here, 1)
    assert isinstance(await channel.send(Outgoing(1, "edit", TO, Message(LINES))), Refused)
    assert isinstance(await channel.send(Outgoing(1, "say", TO, Message(("",)))), Refused)


async def test_passwords_and_links_are_never_logged(here: Bureau, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    office = Office()
    async with mail_server(office, authenticator=authenticate, auth_require_tls=False) as port:
        for password in (PASSWORD, "canary-wrong"):
            outcome = await mail(here, port, user=USER, password=password).send(letter())
            assert "canary" not in repr(outcome)
    assert "canary" not in repr(Mailbox("h", 1, "none", FROM, password=PASSWORD))
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("mail."))
    assert "canary" not in ours
    assert secret_in(text_of(office.letters[0], "plain")) not in ours


@pytest.mark.parametrize(
    ("data", "stuffed"),
    [
        (b"a\r\n.b\r\n", b"a\r\n..b\r\n.\r\n"),
        (b".\r\n", b"..\r\n.\r\n"),
        (b"no end", b"no end\r\n.\r\n"),
    ],
)
def test_a_dot_at_the_beginning_of_a_line_ends_nothing(data: bytes, stuffed: bytes) -> None:
    assert _stuffed(data) == stuffed
