"""The real beat over the wire: a chat that is gone, a letter in its place that signs in, and the unit's group."""

import re
from datetime import date

from bot.channels.mail import Mail, Mailbox
from bot.channels.robots import RobotChannel
from scheduler.beat import Beat
from schedules.retry import Refused
from storage import group_chats, people
from storage.engine import Store
from tests.bot.channels.fake_http import fake_http
from tests.bot.channels.mail.rig import Office, mail_server
from tests.scheduler.office import Chat, bureau
from tests.storage.stores import sqlite_store
from usecases import sign_in

__all__ = ["sqlite_store"]

TO = "zhang@example.org"
KEY = "canary-0123456789abcdef"


async def test_a_chat_that_is_gone_is_made_good_by_a_letter_and_the_group_hears_it_too(sqlite_store: Store) -> None:
    here, office, chat = bureau(sqlite_store), Office(), Chat([Refused("blocked", gone=True)])
    here.enroll()
    async with fake_http() as robot, mail_server(office) as port:
        with here.office.write(here.clock.now()) as desk:
            officer = people.officers_named(desk.tx, "张敏")[0]
            people.bind_contact(desk.tx, officer_id=officer.id, channel="mail", address=TO, now=desk.now, last=True)
            key = f"{robot.url}/send?key={KEY}"
            group_chats.bind(
                desk.tx, unit_id=officer.unit_id, channel="wecom_robot", address=key, bound_by=None, now=desk.now
            )
        here.assign(date(2024, 1, 31))
        box = Mailbox("127.0.0.1", port, "none", "如期 <ruqi@example.org>")
        mail = Mail(box, here.office, here.clock.now)
        robots = RobotChannel("wecom_robot", now=here.clock.now)
        beat = Beat(here.office, here.clock, messengers=[chat, mail, robots])
        await beat.settled()
        await beat.stop()
        await robots.close()
    (letter,) = office.letters
    body = letter.get_body(("plain",))
    assert body is not None
    secret = re.search(r"/in/([\w-]+)", str(body.get_content()))
    assert secret is not None
    with here.office.write(here.clock.now()) as desk:
        assert sign_in.open_session(desk, secret[1])[0].name == "张敏"
    (said,) = robot.asked
    assert letter["subject"].split("：")[-1].split(" ")[0] in said.body["markdown"]["content"]
    assert "张敏" not in said.body["markdown"]["content"]
    assert sorted((row.channel, row.state) for row in here.deliveries()) == [
        ("chat", "dead"),
        ("mail", "sent"),
        ("wecom_robot", "sent"),
    ]
