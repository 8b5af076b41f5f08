"""The readers that are fuzzed, each with its seeds and the refusals that are answers and no faults."""

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.channels.dingtalk import reading as dingtalk
from bot.channels.feishu import reading as feishu
from bot.channels.wecom import reading as wecom
from bot.grammar import parse
from feeds.tasks.wanted import wanted
from plans.planfile import read_plan
from plans.reading.collect import collect
from plans.reading.errors import CannotRead
from plans.reading.pages import read_pages
from plans.reading.timefield import read_times
from plans.rosterfile import read_roster
from ruqi.settings import Settings
from schedules.corrections import parse_corrections
from schedules.errors import RuqiError
from schedules.rungs import load_ladders
from tests.fuzz.mutate import Maker
from texts.buttons import read as read_press
from usecases.task_list import NotForApps
from web.api.models import AnswerIn
from web.api.serving import Wrong, parsed

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "tests" / "plans" / "reading" / "documents"


@dataclass(frozen=True)
class Target:
    """`one` makes one input and reads it; `share`: of a hundred runs; `answers`: errors that callers word."""

    name: str
    share: int
    one: Callable[[Maker], object]
    answers: tuple[type[Exception], ...] = field(default=())


def _texts(read: Callable[[str], object], seeds: Sequence[str]) -> Callable[[Maker], object]:
    return lambda maker: read(maker.text(seeds))


def _settings(maker: Maker) -> None:
    values = {name: maker.text(CONFIGURED) for name in maker.dice.sample(sorted(Settings.model_fields), 3)}
    Settings.model_validate(values)


def _body(text: str) -> None:
    AnswerIn.model_validate(parsed(text.encode("utf-8", "surrogatepass")))


def _event(read: Callable[[dict[str, object]], object], text: str) -> None:
    """What a chat posts: JSON that is an object, its values whatever they are."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(said, dict):
        read(said)


def _document(maker: Maker) -> None:
    with tempfile.TemporaryDirectory() as folder:
        seed = maker.dice.choice(FILES)
        path = Path(folder) / f"x{seed.suffix}"
        path.write_bytes(maker.data([seed.read_bytes()]))
        collect(read_pages(path), "x")


def _file_seeds() -> list[Path]:
    return sorted(
        p for p in DOCUMENTS.rglob("*") if p.suffix in {".txt", ".md", ".html", ".csv"} and p.stat().st_size < 20_000
    )


FILES = _file_seeds()
SAID: tuple[str, ...] = (
    "办12 文号〔2026〕1号",
    "收12 15 16",
    "延12 12月20日 材料未齐",
    "不是我们 应由教育局办",
    "案卷评查做完了",
    "/list@ruqi_bot 2",
)
SAID += (
    "代张敏 办1 已开会",
    "登记 方案 发布 3月2日",
    "请假 12月1日到5日 王芳",
    "同意延期 12 到 12月25日",
    "撤销",
    "为什么 12",
    "明天下午3点提醒我",
)
TIMES = (
    "2024年2月底前；长期坚持",
    "每年10月底前",
    "每季度末月20日前",
    "自发布之日起15个工作日内",
    "每半年至少开展一次",
    "2022年12月底前取得阶段性成果，2023年12月底前完成",
)
PRESSES = ("1:receive:12", "1:report:12:x", "1:snooze:9:tomorrow", "0:list", "1::", "1:receive:99999999999999999999")
PLAN = (ROOT / "schedules" / "library" / "three-duties.yaml").read_text(encoding="utf-8")
ROSTER = "ruqi_roster: 1\ntitle: 名册\nunits:\n  - {name: 甲局, categories: [执法部门], officers: [{name: 王伟}]}\n"
CONFIGURED = (
    "8080",
    "on",
    "zh",
    "Asia/Shanghai",
    "09:00",
    "http://127.0.0.1:8080",
    "postgresql://a:b@c/d",
    "wecom feishu",
    "10.2.0.0/16 oa.example.cn",
)
LADDER = (ROOT / "schedules" / "data" / "ladder.toml").read_text(encoding="utf-8")
TASK = "\r\n".join(
    [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VTODO", "UID:1", "DTSTAMP:20260101T000000Z"),
        *("SUMMARY:办12", "DUE;VALUE=DATE:20261231", "STATUS:COMPLETED", "COMPLETED:20261201T010203Z"),
        *("PERCENT-COMPLETE:100", "END:VTODO", "END:VCALENDAR", ""),
    ]
)
BODIES = (
    '{"verb": "report", "words": "已开会"}',
    '{"verb": "extend", "due": "2026-12-20", "reason": "x"}',
    "[]",
    "null",
)
FEISHU = json.dumps(
    {
        "header": {"event_type": "im.message.receive_v1"},
        "event": {
            "sender": {"sender_id": {"open_id": "ou_1"}},
            "message": {
                "message_id": "m",
                "chat_id": "c",
                "chat_type": "p2p",
                "message_type": "text",
                "create_time": "1",
                "content": '{"text":"x"}',
            },
        },
    }
)
PROMISED = (KeyError, ValueError, TypeError, AttributeError, IndexError)
"""Events that are not as their platform promises: the receiver catches all, keeps a note and goes on."""

TARGETS = (
    Target("phrases", 40, _texts(parse, SAID)),
    Target("times", 15, _texts(lambda text: read_times(text, 2024), TIMES)),
    Target("presses", 14, _texts(read_press, PRESSES)),
    Target("plan files", 4, _texts(read_plan, [PLAN, PLAN[:600]]), (RuqiError,)),
    Target("rosters", 4, _texts(read_roster, [ROSTER]), (RuqiError,)),
    Target("settings", 3, _settings, (ValueError,)),
    Target("ladders", 3, _texts(load_ladders, [LADDER, LADDER[:500]]), (RuqiError,)),
    Target("corrections", 3, _texts(parse_corrections, ["2027-02-06 休\n2027-02-07 班 # x\n2027 公布\n"])),
    Target("tasks from apps", 5, _texts(lambda text: wanted(text, TASK), [TASK]), (NotForApps, ValueError)),
    Target("bodies of the API", 4, _texts(_body, BODIES), (Wrong, ValueError)),
    Target(
        "WeCom", 1, _texts(partial(_event, wecom.read), ['{"body": {"msgid": "1", "chattype": "single"}}']), PROMISED
    ),
    Target("Feishu", 1, _texts(partial(_event, feishu.read), [FEISHU]), PROMISED),
    Target("DingTalk", 1, _texts(partial(_event, dingtalk.read), ['{"data": {"msgtype": "text"}}']), PROMISED),
    Target("documents", 2, _document, (CannotRead,)),
)
