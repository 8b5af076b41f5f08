"""Hostile words in every field, each way out: pages, calendars, files; letters and messages of every chat."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.channels.common.drawing import as_markdown
from bot.channels.common.drawing import draw as draw_plain
from bot.channels.mail.letter import write as write_letter
from bot.channels.robots.address import Robot
from bot.channels.robots.dingtalk import DINGTALK
from bot.channels.robots.feishu import FEISHU
from bot.channels.robots.wecom import WECOM
from bot.channels.telegram.drawing import draw as draw_html
from storage import deliveries, people, tokens
from storage.tables import metadata
from tests.web.hostile import HOSTILE, TAME, free_columns, html, poison, structure, unseen
from tests.web.staffed import BUREAU, OWN, Office, Person, Staffed
from texts.values import Button, Message
from usecases import deliver
from usecases.deliver import Outgoing

BEARERS = [Person("bureau", BUREAU), Person("officer", OWN)]
PLACES = {"uid": "", "month": "2026-11", "number:int": "1", "key": "three-duties"}
NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
EMPTY = {("group_chat", "reason"), ("inbox", "error")}
"""Words of the program and of a messenger, in tables that have no row here."""
ROBOT = Robot("https://robot.example/send?key=k", "s")


def sow(office: Office) -> None:
    """A row in each table that holds words and that the sample office has not filled."""
    part, now = office.part, office.world.clock.now()
    officer, bureau = (office.officer(person).id for person in BEARERS[::-1])
    day = part.due
    chat, twice = {"channel": "web", "address": "1"}, {"created_at": now, "changed_at": now}
    common = {"part_id": part.id, "officer_id": officer}
    rows: dict[str, dict[str, Any]] = {
        "event": {"plan_id": part.plan_id, "name": "事项", "day": day, "key": "k", "registered_at": now},
        "extension": {"part_id": part.id, "old_due": day, "asked_due": day, "reason": "忙", "asked_at": now},
        "leave": {"officer_id": officer, "first_day": day, "last_day": day, "created_at": now},
        "pause": {"until": day, "reason": "节", "created_at": now, "ended_at": now},
        "joining": {"channel": "page", "address": "1", "name": "新", "unit_said": "某", "asked_at": now},
        "evidence": {**common, "uid": "e", "state": "stored", "channel": "web", "source": {}, "created_at": now},
        "question": {**chat, "officer_id": officer, "asks": "report", "part_ids": [], "asked_at": now},
        "announcement": {"text": "通知", "audience": {}, "recipients": 1, "created_by": bureau, "created_at": now},
        "hook": {"url": "https://e.example", "secret": "s", "events": ["part.reported"], "created_at": now},
        "draft": {"name": "草", "plan": {}, "doubts": [], "left_out": [], "state": "off", **twice},
    }
    with office.world.store.write() as tx:
        for name, row in rows.items():
            tx.execute(insert(metadata.tables[name]).values(**row))
        hook = tx.execute(select(metadata.tables["hook"].c.id)).scalar_one()
        said = {"id": "m", "event": "part.reported", "at": "", "part": part.id, "from": "open"}
        call: dict[str, Any] = {
            "officer_id": None,
            "channel": "webhook",
            "address": str(hook),
            "kind": "hook",
            "body": said,
        }
        deliveries.add(tx, at=now, created_at=now, **call)
        for one in people.officers(tx):
            people.bind_contact(tx, officer_id=one.id, channel="telegram", address=str(one.id), now=now)
    office.world.move_at_once("2026-12-03")


@contextmanager
def opened(staffed: Staffed, path: Path, words: str) -> Iterator[tuple[Office, dict[str, str]]]:
    """The office with these words everywhere, and the secrets of its calendars."""
    office = staffed.open(path)
    sow(office)
    calendars = {}
    with office.world.store.write() as tx:
        for todo in (False, True):
            row = {"kind": "feed", "officer_id": office.officer(BEARERS[0]).id, "scope": "bureau", "subject_id": None}
            secret = f"calendar-{todo}"
            options = {"todo": todo, "alarms": [1]}
            tokens.add(tx, secret, created_at=office.world.clock.now(), options=options, **row)
            calendars[secret] = secret
    poison(office.world.store, words)
    yield office, calendars
    office.close()


def ways_out(office: Office, secrets: dict[str, str], words: str) -> Iterator[tuple[str, object]]:
    """(which way, what it is made of)."""
    for person in BEARERS:
        client = office.client(person)
        for method, path in office.routes():
            if method == "GET" and "{secret}" not in path and path != "/inbox/live":
                answer = client.get(filled(office, path))
                yield f"{person} {path}", (answer.status_code, structure(answer))
    for secret in secrets:
        for form in ("ics", "json"):
            yield f"{secret}.{form}", structure(office.door.get(f"/feeds/{secret}.{form}"))
    for n, out in enumerate(leaving(office, words)):
        for name, made in messages(out):
            yield f"message {n} {out.kind} as {name}", made


def filled(office: Office, path: str) -> str:
    for name, value in PLACES.items():
        path = path.replace(f"{{{name}}}", value or office.part.uid)
    return path


def leaving(office: Office, words: str) -> list[Outgoing]:
    """Everything that is on its way, written as it leaves; and somebody's words as they stand."""
    now = office.world.clock.now()
    with office.world.office.write(now) as desk:
        deliver.say(
            desk,
            Message((words, words), ((Button(words[:40], "v1:help"),),)),
            officer_id=None,
            channel="telegram",
            address="1",
        )
        rows = deliver.claim(desk, owner="a", channels=["telegram", "webhook"], limit=500)
        return [out for row in rows if (out := deliver.prepare(desk, row))]


def messages(out: Outgoing) -> Iterator[tuple[str, object]]:
    """The same message as each chat, letter or call would carry it."""
    if out.call:
        yield "webhook", keys(json.loads(out.call.body))
        return
    drawn = draw_html(out.message)
    yield "telegram", (html(drawn.text), len(drawn.text.removeprefix("<b>")) <= 4096 + len("</b>"))
    yield "letter", letter(write_letter(out, "ruqi@office.example", None, out.message.lines))
    plain = draw_plain(out.message)
    unseen(plain.text)
    yield "markdown", marks(as_markdown(plain.head, plain.lines))
    for dialect in (WECOM, DINGTALK, FEISHU):
        body = json.dumps(dialect.write(ROBOT, out.message, NOON)[1], ensure_ascii=False)
        unseen(body)
        yield dialect.channel, None if dialect is FEISHU else marks(body)  # Feishu's runs of text know no marks


def letter(written: EmailMessage) -> object:
    read_back = message_from_bytes(written.as_bytes(), policy=default)
    parts = [part for part in read_back.walk() if not part.is_multipart()]
    made: list[object] = [sorted(read_back.keys())]
    for part in parts:
        text = part.get_content().replace("\r\n", "\n")
        unseen(text)
        made.append(html(text) if part.get_content_type() == "text/html" else part.get_content_type())
    return made


def marks(text: str) -> list[str]:
    """What markdown would make something of: a link, a tag."""
    return re.findall(r"\]\(|<[a-z/]", text)


def keys(found: object) -> object:
    if isinstance(found, dict):
        return {name: keys(value) for name, value in found.items()}
    return [keys(one) for one in found] if isinstance(found, list) else None


@pytest.fixture(scope="module")
def tame(staffed: Staffed, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What each way out is made of where every word is harmless."""
    words = TAME * 60
    with opened(staffed, tmp_path_factory.mktemp("tame") / "office.db", words) as (office, secrets):
        return dict(ways_out(office, secrets, words))


@pytest.mark.parametrize("name", HOSTILE)
def test_words_stay_words(staffed: Staffed, tmp_path: Path, tame: dict[str, object], name: str) -> None:
    words = HOSTILE[name]
    with opened(staffed, tmp_path / "office.db", words) as (office, secrets):
        found = dict(ways_out(office, secrets, words))
    assert found.keys() == tame.keys()
    assert [difference(way, tame[way], made) for way, made in found.items() if made != tame[way]] == []


def difference(way: str, one: object, other: object) -> str:
    """The first place where they differ."""
    a, b = repr(one), repr(other)
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return f"{way}: …{a[max(0, at - 60) : at + 60]}… → …{b[max(0, at - 60) : at + 60]}…"


def test_every_column_of_words_had_some(staffed: Staffed, tmp_path: Path) -> None:
    office = staffed.open(tmp_path / "office.db")
    sow(office)
    assert set(free_columns()) - poison(office.world.store, TAME) <= EMPTY
    office.close()
