"""What people and plans write is shown as text: no tag, no handler, no link of theirs ever becomes ours."""

from datetime import date
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schedules.plan import Duty, Plan
from schedules.timing import By
from storage import parts, people
from storage.rows import Officer, PartRow
from tests.web.world import Browser, World
from usecases.import_plan import import_plan
from web.render import environment, without_controls

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "</textarea></title><base href=//evil.example>",
    "javascript:alert(1)",
    "\u202e)五周(日1月1\u200b\u0000<b>",
    "&lt;b&gt; & &amp;",
]
UNIT = "综合执法局"


class Reader(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def check(html: str) -> None:
    for tag, attributes in Reader(html).tags:
        assert tag not in {"base", "iframe", "object", "embed", "style"}
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        for name in ("href", "src", "action"):
            target = attributes.get(name) or "/"
            assert target.startswith(("/", "#", "webcal://", "data:image/svg+xml")), (tag, target)
            assert not target.startswith("//")
        if tag == "script":
            assert (attributes.get("src") or "").startswith("/static/ruqi.js?")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_from_every_side_stay_text(world: World, text: str) -> None:
    uid = write_everywhere(world, text.replace("\x00", ""))
    officer = next(o for o in people_of(world) if o.name == text.replace("\x00", ""))
    browser, bureau = world.signed_in(officer), world.signed_in(world.officer("司法局", "bureau"))
    browser.get("/inbox")
    browser.follow(browser.form("/inbox/say", words=text))
    check(browser.text)
    browser.follow(browser.form("/inbox/report", words=text))
    look(browser, "/inbox?talk=all", "/subscribe", f"/parts/{uid}")
    look(bureau, "/ledger", f"/ledger?plan={quote(text)}&unit={quote(text)}", f"/parts/{uid}")


def look(browser: Browser, *paths: str) -> None:
    for path in paths:
        assert browser.get(path).status_code == 200
        check(browser.text)


def write_everywhere(world: World, text: str) -> str:
    """The text as plan, duty, unit and person; gives the address of the part."""
    due, roles = (By(date(2026, 12, 3), stage=text),), {"responsible": (UNIT,)}
    duty = Duty("1", text[:20], text, text=text, section=text, measure=text, roles=roles, due=due)
    new_year = date(2026, 1, 1)
    plan = Plan("hostile", text, new_year, new_year, short=text, number=text, duties=(duty,))
    with world.office.write(world.clock.now()) as desk:
        import_plan(desk, plan)
        people.change_officer(desk.tx, world.officer(UNIT).id, name=text)
        people.change_unit(desk.tx, world.officer(UNIT).unit_id, name=text)
    world.beat()
    return next(p for p in all_parts(world) if p.plan_key == "hostile").uid


def people_of(world: World) -> list[Officer]:
    with world.store.read() as tx:
        return people.officers(tx)


def all_parts(world: World) -> list[PartRow]:
    with world.store.read() as tx:
        return parts.all_parts(tx)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_in_a_template_comes_back_as_it_was(text: str) -> None:
    template = environment().from_string('<p title="{{ text }}">{{ text }}</p>')
    ((tag, attributes),) = Reader(template.render(text=text)).tags
    assert tag == "p"
    assert attributes == {"title": without_controls(text)}


def test_signs_that_reorder_or_hide_are_left_out() -> None:
    assert without_controls("12\u202e)五周(日1月1\u2066\x00\x1b[0m") == "12)五周(日1月1[0m"
    assert without_controls("一行\n二行\t👨‍👩‍👧") == "一行\n二行\t👨‍👩‍👧"


def test_no_template_switches_escaping_off() -> None:
    loader = environment().loader
    assert loader
    for name in loader.list_templates():
        source = loader.get_source(environment(), name)[0]
        assert "|safe" not in source.replace(" ", "")
        assert "autoescape" not in source
