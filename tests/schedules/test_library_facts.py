"""The shipped plans against the labelled documents: no duty missing, no date invented, no sentence taken over.

Read with plain PyYAML, so that a mistake in our own plan reader cannot hide one in the data.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import opencc
import pytest
import yaml

LIBRARY = Path(__file__).parents[2] / "schedules" / "library"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FILES = {path.stem: yaml.load(path.read_text("utf-8"), LOADER) for path in sorted(LIBRARY.glob("*.yaml"))}  # noqa: S506 a safe one
PLANS = {name: data for name, data in FILES.items() if "ruqi" in data}
ROSTER = FILES["sample-roster"]
DUTIES = [pytest.param(d, id=f"{name}-{d.get('key', d['item'])}") for name, p in PLANS.items() for d in p["duties"]]
DOCUMENTS = {
    "hongsibu-2023": "hongsibu-2023.txt",
    "jinan-2022": "jinan-2022.txt",
    "zhengzhou-2024": "zhengzhou-2024.txt",
    "national-2023": "national-timetable-2023.txt",
    "model-essays": "model-essays.txt",
}
TIMING_FIELDS = {
    "by": ({"date"}, {"stage", "month_end"}),
    "yearly": (set(), {"month", "day", "month_end", "min_count"}),
    "half_yearly": (set(), {"min_count", "day"}),
    "quarterly": (set(), {"min_count", "day"}),
    "monthly": (set(), {"min_count", "day"}),
    "every_n_years": ({"n"}, {"anchor", "month", "day"}),
    "event": ({"event", "days", "day_kind"}, set()),
    "after_done": ({"first"}, {"months", "days", "day_kind"}),
    "quantity": ({"amount", "unit", "per"}, set()),
}
LONGEST_SHARED_RUN = 12


def plain(due: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Timings as the gold files write them: dates as text, nothing said where nothing is meant."""
    return [{k: str(v) if k == "date" else v for k, v in timing.items() if v not in ("", False)} for timing in due]


def roles(duty: dict[str, Any]) -> dict[str, list[str]]:
    return {role: duty["roles"].get(role, []) for role in ("lead", "support", "responsible")}


def gold(shared: Path, name: str) -> list[dict[str, Any]]:
    lines = (shared / "plans" / "gold" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def chinese(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]", "", text)


def printed(shared: Path, name: str) -> str:
    """A document's Chinese characters in Simplified, without the pinyin a web page left in it."""
    text = (shared / "plans" / DOCUMENTS[name]).read_text("utf-8")
    return chinese(opencc.OpenCC("t2s").convert(re.sub(r"\([a-zà-ǜ ]+\)", "", text)))


def shared_run(text: str, document: str) -> str:
    """The first run of characters longer than allowed that stands in the document too; names in 《》 do not count."""
    ours = chinese(re.sub(r"《[^》]*》", "", text))
    runs = (ours[i : i + LONGEST_SHARED_RUN + 1] for i in range(len(ours) - LONGEST_SHARED_RUN))
    return next((run for run in runs if run in document), "")


def numbered(name: str) -> dict[str, dict[str, Any]]:
    """The duties that are a document's own numbered items, by number."""
    return {d["item"]: d for d in PLANS[name]["duties"] if "key" not in d}


@pytest.mark.parametrize(
    ("name", "items", "duties"),
    [
        ("hongsibu-2023", 43, 43),
        ("jinan-2022", 24, 30),  # six duties stand in the text of items 2, 17, 18 and 24
        ("zhengzhou-2024", 37, 53),  # the sixteen timed ones stand beside the items they were taken from
        ("national-2023", 10, 10),
        ("model-essays", 8, 16),
        ("three-duties", 3, 3),
    ],
)
def test_each_plan_is_complete(name: str, items: int, duties: int) -> None:
    assert len({d["item"] for d in PLANS[name]["duties"]} - {""}) == items
    assert len(PLANS[name]["duties"]) == duties


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_says_what_it_is(name: str) -> None:
    plan = PLANS[name]
    assert plan["ruqi"] == 1
    assert plan["key"] == name
    assert all(plan[field] for field in ("title", "short", "issuer", "issued", "note"))
    assert len(plan["short"]) <= 16
    for field in ("key", "title"):
        said = Counter(d.get(field, d["item"]) for d in plan["duties"])
        assert said.most_common(1)[0][1] == 1, f"two duties share a {field}"


@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_can_be_read_on_a_lock_screen(duty: dict[str, Any]) -> None:
    assert 5 <= len(duty["title"]) <= 20
    assert duty["text"].endswith("。")
    assert len(duty["text"]) <= 90
    assert any(roles(duty).values())
    assert duty.get("kind", "standard") in {"standard", "report", "recurring"}


def well_said(timing: dict[str, Any]) -> bool:
    needed, allowed = TIMING_FIELDS[timing["type"]]
    return needed <= timing.keys() - {"type"} <= needed | allowed


@pytest.mark.parametrize("duty", DUTIES)
def test_timings_say_no_more_and_no_less_than_their_type(duty: dict[str, Any]) -> None:
    assert all(well_said(timing) for timing in duty["due"])


def test_the_guide_shows_every_type_of_timing_as_it_is_written() -> None:
    shown = re.findall(r"\{type: [^}]*\}", (LIBRARY / "README.md").read_text("utf-8"))
    timings = [yaml.safe_load(text) for text in shown]
    assert all(well_said(timing) for timing in timings)
    assert {timing["type"] for timing in timings} == TIMING_FIELDS.keys()


@pytest.mark.parametrize("name", ["hongsibu-2023", "jinan-2022"])
def test_numbered_duties_are_those_of_the_gold_file(shared: Path, name: str) -> None:
    ours = numbered(name)
    assert list(ours) == [line["item"] for line in gold(shared, name)]
    for line in gold(shared, name):
        duty = ours[line["item"]]
        assert plain(duty["due"]) == plain(line["due"]), line["item"]
        assert roles(duty) == line["roles"], line["item"]
        assert duty.get("ongoing", False) is line["ongoing"], line["item"]
        assert duty["section"] == line["section"], line["item"]


def test_standards_of_hongsibu_are_measures_and_set_no_date(shared: Path) -> None:
    ours = numbered("hongsibu-2023")
    stated = {
        d["item"]: [b["count"] for b in d["body_duties"]] for d in gold(shared, "hongsibu-2023") if "body_duties" in d
    }
    assert {item for item, duty in ours.items() if "measure" in duty} == stated.keys()
    for item, counts in stated.items():
        said = ours[item]["measure"].replace("一次", "1次")
        assert all(str(count) in said for count in counts), item


def test_timed_duties_in_the_text_of_jinan_stand_on_their_own(shared: Path) -> None:
    stated = [(d["item"], b["type"]) for d in gold(shared, "jinan-2022") for b in d.get("body_duties", [])]
    extra = [(d["item"], d["due"][0]["type"]) for d in PLANS["jinan-2022"]["duties"] if "key" in d]
    assert extra == stated


def test_timed_duties_of_zhengzhou_are_the_sixteen_of_the_gold_file(shared: Path) -> None:
    def known(item: str, actor: str, due: dict[str, Any]) -> tuple[str, str, str]:
        timing = {k: str(v) for k, v in due.items() if k != "month_end"}
        return item, chinese(actor), json.dumps(timing, sort_keys=True, ensure_ascii=False)

    timed = [d for d in PLANS["zhengzhou-2024"]["duties"] if d["due"]]
    ours = [known(d["item"], "".join(roles(d)["responsible"]), due) for d in timed for due in d["due"]]
    # Item 14 names nobody; item 33 makes every enforcement department answer for what is not assigned.
    theirs = [known(g["item"], g["actor"] or "各级行政执法部门", g["due"]) for g in gold(shared, "zhengzhou-2024")]
    assert len(ours) == 16
    assert Counter(ours) == Counter(theirs)


def test_no_time_is_given_where_zhengzhou_states_none(shared: Path) -> None:
    quotes = {line["quote"] for line in gold(shared, "zhengzhou-2024_negatives")}
    assert any("定期发布指导性案例" in quote for quote in quotes)
    untimed = {d["item"] for d in PLANS["zhengzhou-2024"]["duties"] if "key" not in d and not d["due"]}
    assert untimed == {str(n) for n in range(1, 38)}
    assert not any(d.get("ongoing") for d in PLANS["zhengzhou-2024"]["duties"])


def test_the_national_timetable_has_its_ten_dates() -> None:
    dates = Counter(str(t["date"]) for d in PLANS["national-2023"]["duties"] for t in d["due"])
    assert dates == {"2023-12-31": 3, "2024-06-30": 1, "2024-12-31": 4, "2025-12-31": 2}


def test_the_model_essays_hold_sixteen_recurring_or_event_duties() -> None:
    ours = {d.get("key", d["item"]): d["due"][0] for d in PLANS["model-essays"]["duties"]}
    yearly = {key for key, due in ours.items() if due["type"] == "yearly"}
    before = {key for key, due in ours.items() if due["type"] == "event" and due["days"] == 0}
    assert yearly == {"8", "12", "21a", "21c", "21d", "22a", "23c"}
    assert before == {"6", "10b", "15", "23a", "23b"}
    assert (ours["10a"]["type"], ours["10a"]["n"]) == ("every_n_years", 2)
    assert (ours["10c"]["days"], ours["10c"]["day_kind"]) == (15, "calendar")
    assert ours["21b"]["type"] == "half_yearly"
    assert (ours["22b"]["amount"], ours["22b"]["unit"]) == (15, "天")


def test_the_three_sample_duties_recur_each_in_its_own_rhythm() -> None:
    assert PLANS["three-duties"]["sample"] is True
    assert [d["due"] for d in PLANS["three-duties"]["duties"]] == [
        [{"type": "yearly", "month": 12, "day": 4}],
        [{"type": "half_yearly", "min_count": 1}],
        [{"type": "yearly", "month": 11, "day": 30, "month_end": True}],
    ]


@pytest.mark.parametrize("name", ["hongsibu-2023", "three-duties"])
def test_every_name_in_the_sample_plans_stands_for_a_unit_of_the_roster(name: str) -> None:
    units = {u["name"] for u in ROSTER["units"]}
    categories = {c for u in ROSTER["units"] for c in u["categories"]}
    for printed_name in {n for d in PLANS[name]["duties"] for named in roles(d).values() for n in named}:
        group = PLANS[name]["groups"].get(printed_name, {"units": [printed_name]})
        assert set(group.get("categories", [])) <= categories, printed_name
        assert set(group.get("units", [])) <= units, printed_name


@pytest.mark.parametrize("name", PLANS)
def test_groups_are_those_the_duties_name(name: str) -> None:
    used = {n for d in PLANS[name]["duties"] for named in roles(d).values() for n in named}
    assert PLANS[name].get("groups", {}).keys() <= used


def test_the_sample_roster_has_an_officer_in_every_unit_and_no_telephone() -> None:
    units = {u["name"]: u for u in ROSTER["units"]}
    assert len(units) == len(ROSTER["units"]) >= 24
    assert ROSTER["sample"] is True
    assert {u["parent"] for u in units.values() if "parent" in u} <= units.keys()
    people = [(officer["name"], officer["role"]) for u in units.values() for officer in u["officers"]]
    assert len({name for name, _ in people}) == len(people)
    assert all(name.startswith("示例·") for name, _ in people)
    assert all("officer" in {o["role"] for o in u["officers"]} for u in units.values())
    assert {role for _, role in people} == {"officer", "deputy", "head", "bureau", "administrator"}
    assert "bureau" in {o["role"] for o in units["司法局"]["officers"]}
    assert not re.search(r"\d{5,}", (LIBRARY / "sample-roster.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_titles_and_texts_are_our_own_words(shared: Path, name: str) -> None:
    document = printed(shared, name)
    assert len(document) > 1000
    said = [d[field] for d in PLANS[name]["duties"] for field in ("title", "text", "measure") if field in d]
    assert [run for text in said if (run := shared_run(text, document))] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_sections_are_headings_of_the_document(shared: Path, name: str) -> None:
    document = printed(shared, name)
    for section in {d["section"] for d in PLANS[name]["duties"]}:
        assert chinese(section) in document
