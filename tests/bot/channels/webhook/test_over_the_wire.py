"""The real beat and a real listener: a report is told, signed so that the other program can check it, once."""

import base64
import hmac
from dataclasses import replace
from datetime import date

from bot.channels.webhook import Allowed, Webhook
from scheduler.beat import Beat
from storage import parts, people
from storage.engine import Store
from tests.bot.channels.fake_http import Answer, Asked, fake_http
from tests.scheduler.office import Chat, bureau
from tests.storage.stores import sqlite_store
from usecases import hooks
from usecases.answer import Act, report

__all__ = ["sqlite_store"]


def is_genuine(asked: Asked, secret: str) -> bool:
    """As the specification tells receivers to check."""
    said = asked.headers
    signed = f"{said['webhook-id']}.{said['webhook-timestamp']}.".encode() + asked.raw
    mac = hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), signed, "sha256")
    return f"v1,{base64.b64encode(mac).decode()}" in said["webhook-signature"].split(" ")


async def test_a_report_is_told_after_a_failure_under_the_same_id(sqlite_store: Store) -> None:
    here = bureau(sqlite_store)
    here.office = replace(here.office, webhooks=True)
    here.enroll()
    here.assign(date(2024, 1, 31))
    async with fake_http() as server:
        server.answers = [Answer(status=500)]
        with here.office.write(here.clock.now()) as desk:
            secret = hooks.add_hook(desk, f"{server.url}/hook").secret
            officer = people.officers_named(desk.tx, "张敏")[0]
            report(desk, Act(officer, "chat"), parts.all_parts(desk.tx)[0].id)
        channel = Webhook(Allowed.read(["127.0.0.1"]), here.clock.now)
        beat = Beat(here.office, here.clock, messengers=[Chat(), channel])
        await beat.settled()
        here.later(minutes=1)
        await beat.settled()
        here.later(days=1)
        await beat.settled()
        await beat.stop()
        await channel.close()
    failed, told = server.asked
    assert is_genuine(failed, secret)
    assert is_genuine(told, secret)
    assert failed.raw == told.raw
    assert failed.headers["webhook-id"] == told.headers["webhook-id"] == told.body["id"]
    assert int(told.headers["webhook-timestamp"]) - int(failed.headers["webhook-timestamp"]) == 60
    assert (told.body["type"], told.body["data"]["part"]["title"]) == ("part.reported", "交年度报告")
    assert not is_genuine(replace(told, raw=told.raw + b" "), secret), "the check itself can fail"
