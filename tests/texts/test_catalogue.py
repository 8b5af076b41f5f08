"""The catalogues: both languages say the same things, nothing is missing or left over, and the Chinese reads well."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from texts.catalogue import HERE, LANGUAGES, MissingText, placeholders, say, sentences

ROOT = HERE.parent
ROOMS = ("bot", "feeds", "plans", "ruqi", "scheduler", "schedules", "storage", "texts", "usecases", "web")
ANY = "[a-z0-9_-]+"
DEEP = "[a-z0-9_.-]+"
PREFIXES = ("", "web.", "web.plans.", "web.people.", "cli.")
"""The pages say t("inbox.title") for web.inbox.title, the command line likewise."""


def test_a_sentence_is_filled() -> None:
    assert say("zh", "left.days", n=28) == "还有 28 个工作日"
    assert say("en", "left.days", n=28) == "28 working days left"


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 working days left"), (1, "1 working day left"), (2, "2 working days left")]
)
def test_english_knows_one_from_many(n: int, said: str) -> None:
    assert say("en", "left.days", n=n) == said


def test_what_people_typed_is_never_a_template() -> None:
    assert say("zh", "why.headline", name="{left} {0} {name.__class__}") == "为什么收到：{left} {0} {name.__class__}"


@pytest.mark.parametrize(
    ("language", "key", "values", "named"),
    [
        ("zh", "no.such.key", {}, "no.such.key"),
        ("zh", "left.days", {}, "{n}"),
        ("fr", "left.days", {"n": 1}, "'fr'"),
        ("en", "left", {}, "'left'"),
    ],
)
def test_what_is_missing_is_named(language: str, key: str, values: dict[str, object], named: str) -> None:
    with pytest.raises(MissingText, match=re.escape(named)):
        say(language, key, **values)


def test_both_languages_have_the_same_keys() -> None:
    zh, en = (set(sentences(language)) for language in LANGUAGES)
    assert zh - en == set()
    assert en - zh == set()


def test_both_languages_have_the_same_placeholders() -> None:
    zh, en = (sentences(language) for language in LANGUAGES)
    differing = {key for key in zh.keys() & en.keys() if placeholders(zh[key]) != placeholders(en[key])}
    assert differing == set()


@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda path: path.name)
def test_no_key_is_written_twice(path: Path) -> None:
    """YAML lets the later one win in silence."""
    assert list(doubles(yaml.compose(path.read_text(encoding="utf-8")))) == []


def doubles(node: yaml.Node | None, prefix: str = "") -> Iterator[str]:
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, below in node.value:
        name = f"{prefix}{key.value}"
        if name in seen:
            yield name
        seen.add(name)
        yield from doubles(below, f"{name}.")


def test_every_key_is_said_somewhere() -> None:
    """A key counts as said when the code holds it, or an f-string that can become it, or a page asks for it."""
    whole, patterns = asked_for()
    can_become = re.compile("|".join(sorted(patterns)))
    assert {key for key in sentences("zh") if key not in whole and not can_become.fullmatch(key)} == set()


def test_every_sentence_asked_for_exists() -> None:
    known = sentences("zh")
    for path in sources():
        for key in said_keys(ast.parse(path.read_text(encoding="utf-8"))):
            assert key in known, f"{path.relative_to(ROOT)} says {key}"


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def said_keys(tree: ast.Module) -> Iterator[str]:
    """The literal keys in say("…"), say(language, "…") and reader.say("…")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "say":
            for given in node.args[:2]:
                if isinstance(given, ast.Constant) and isinstance(given.value, str) and given.value not in LANGUAGES:
                    yield given.value


def asked_for() -> tuple[set[str], set[str]]:
    """Every literal in the rooms that may be a key, and a pattern for every f-string that may become one."""
    whole: set[str] = set()
    patterns: set[str] = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole |= {prefix + node.value for prefix in PREFIXES}
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                pattern = "".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else ANY for v in node.values)
                patterns |= {re.escape(prefix) + pattern for prefix in PREFIXES}
    for path in sorted((ROOT / "web").rglob("*.html")):
        for quoted, more in re.findall(r"[\"']([a-z_.0-9]+)[\"']( *~)?", path.read_text(encoding="utf-8")):
            key = "web." + quoted
            whole.add(key)
            patterns |= {re.escape(key) + DEEP} if more else set()
    return whole, patterns


ZH = sentences("zh")
CHAT = {key: said for key, said in ZH.items() if not key.startswith(("web.", "cli.", "feed.", "roster."))}
ENGLISH = re.compile(r"[A-Za-z]{2,}")
COMMANDS = re.compile(r"\{[^}]*\}|/[a-z]+(?: [a-z]+)?")
CHINESE = "\u4e00-\u9fff"


@pytest.mark.parametrize("sign", ["!", "！", "～", "~", "……"])
def test_chinese_keeps_its_voice_down(sign: str) -> None:
    assert [key for key, said in ZH.items() if sign in said] == []


def test_chat_speaks_no_english_in_chinese() -> None:
    assert [key for key, said in CHAT.items() if ENGLISH.search(COMMANDS.sub("", said))] == []


def test_brackets_are_half_width_everywhere() -> None:
    assert [key for key, said in ZH.items() if re.search("[（）]", said) and not key.startswith("cli.")] == []


def test_other_punctuation_is_full_width_beside_chinese() -> None:
    beside = re.compile(rf"[{CHINESE}”)][,;?:]|[,;?][{CHINESE}“]|[{CHINESE}]\.(?:$|[{CHINESE}])|\"")
    assert [key for key, said in ZH.items() if beside.search(said)] == []


def test_numbers_stand_apart_from_chinese() -> None:
    """A count is written with a space on either side; codes and dates are not."""
    counts = re.compile(rf"[{CHINESE}]\{{n\}}|\{{n\}}[{CHINESE}]")
    assert [key for key, said in CHAT.items() if counts.search(said)] == []
