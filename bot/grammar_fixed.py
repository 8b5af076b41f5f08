"""What is understood word for word: lists, help, commands."""

import re
from collections.abc import Mapping

from bot.grammar_text import Said
from bot.intents import (
    SHELVES,
    Calendar,
    Courtesy,
    Help,
    Intent,
    Language,
    Look,
    Receive,
    Show,
    SignIn,
    Start,
    Undo,
    Why,
)
from bot.vocabulary import WORDS

_WORDS: Mapping[str, Intent] = {
    **{word: Show(shelf) for shelf in SHELVES.values() for word in WORDS[shelf]},
    **dict.fromkeys(WORDS["receive_all"], Receive()),
    **dict.fromkeys(WORDS["help"], Help()),
    **dict.fromkeys(WORDS["calendar"], Calendar()),
    **dict.fromkeys(WORDS["sign_in"], SignIn()),
    **dict.fromkeys(WORDS["greeting"], Courtesy("greeting")),
    **dict.fromkeys(WORDS["thanks"], Courtesy("thanks")),
    **dict.fromkeys(WORDS["chinese"], Language("zh")),
    **dict.fromkeys(WORDS["english"], Language("en")),
}
_UNDO = re.compile(r"(?:撤销|撤回|收回|撤消|undo)(?:了|一下)?[ :]?#?(?:办)?(?P<code>[0-9]{1,6}+)?$")
_LOOK = re.compile(r"(?:(?:查看?|看|show|look)[ :]?(?:办)?)?#?(?P<code>[0-9]{1,6}+)$")
_WHY = re.compile(r"(?:为什么|为何|为啥|why)(?:收到|会?收到|this)?[ :]?#?(?:办)?(?P<code>[0-9]{1,6}+)?$")
_START = re.compile(r"(?:绑定|邀请码|bind)[ :]++(?P<code>[!-~]{4,64}+)$")
_PAGE = re.compile(r"(?P<word>[^0-9]{1,20}?)[ ]?第?(?P<page>[0-9]{1,3}+)页?$")
_COMMAND = re.compile(r"/(?P<name>[a-z_]{1,32}+)(?:@[a-z0-9_]{1,64}+)?(?:[ ]++(?P<rest>.*+))?$")
SPELLED = {
    "done": "办",
    "received": "收",
    "later": "稍后",
    "event": "登记",
    "verify": "销号",
    "return": "退回",
    "why": "为什么",
    "extend": "延",
    "refuse": "不是我们",
    "transfer": "转",
    "leave": "请假",
    "back": "销假",
    "test": "测试消息",
    "nudge": "催办",
    "grant": "同意延期",
    "decline": "不同意延期",
    "waive": "免办",
    "skip": "跳过",
    "reopen": "重开",
    "decisions": "待定",
    "unreachable": "联系不上",
    "weekly": "周报",
    "announce": "通知",
    "pause": "暂停提醒",
    "resume": "恢复提醒",
}
"""Commands that only spell a word of the conversation."""


def read_word(said: Said) -> Intent | None:
    """A word, or a word with a code or a page; None for anything else."""
    word = said.word()
    if word == "" and said.flat.startswith("?"):
        return Help()
    known = _WORDS.get(word)
    if known or (match := _START.match(said.flat)) is None:
        return known or _numbered(word)
    return Start(said.typed[match.start("code") : match.end("code")])


def read_command(said: Said) -> Intent | str | None:
    """A slash command; a text that says the same where it only spells one; None for what is no command at all."""
    match = _COMMAND.match(said.flat)
    if match is None:
        return Help() if said.flat.startswith("/") else None
    name, start = match["name"], match.start("rest")
    rest = said.typed[start:].strip() if start >= 0 else ""
    if name in SPELLED:
        return f"{SPELLED[name]} {rest}"
    if name in SHELVES:
        page = re.fullmatch(r"[0-9]{1,3}", rest)
        return Show(SHELVES[name], int(page.group()) if page else 1)
    return _command(name, rest)


def _command(name: str, rest: str) -> Intent:
    code = re.match(r"#?([0-9]{1,6})$", rest)
    match name:
        case "start":
            return Start(rest[:64])
        case "undo":
            return Undo(int(code[1]) if code else None)
        case "calendar":
            return Calendar()
        case "web" | "login":
            return SignIn()
        case "language" | "lang":
            known = _WORDS.get(rest.lower())
            return known if isinstance(known, Language) else Help()
    return Help()


def _numbered(word: str) -> Intent | None:
    if undo := _UNDO.match(word):
        return Undo(_code(undo))
    if look := _LOOK.match(word):
        return Look(int(look["code"]))
    if why := _WHY.match(word):
        return Why(_code(why))
    page = _PAGE.match(word)
    shown = _WORDS.get(page["word"].strip()) if page else None
    return Show(shown.shelf, int(page["page"])) if page and isinstance(shown, Show) else None


def _code(match: re.Match[str]) -> int | None:
    return None if match["code"] is None else int(match["code"])
