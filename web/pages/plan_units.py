"""Who the plan's names stand for: names the roster knows, and for the others a suggestion to confirm or correct."""

import re
from collections.abc import Mapping

from starlette.responses import Response

from schedules.plan import Group
from usecases import drafts, edit_draft, naming
from usecases.naming import Names
from web.going import see
from web.pages.plan_draft import number_of, open_draft, where
from web.pages.plans import ROLES
from web.plan_words import PlanWords
from web.render import page
from web.visit import Malformed, Visit

NOBODY, UNIT, CATEGORY = "", "unit:", "category:"
MOST_OFFERED = 120
"""With more units than this a menu helps nobody; names are typed then."""
_BETWEEN = re.compile("[、，,；;\n]+")
_FIELD = re.compile("name([0-9]{1,4})")


def units(visit: Visit) -> Response:
    """With ``?change=<name>`` a name that is settled already may be chosen anew."""
    return _show(visit, {})


def choose(visit: Visit) -> Response:
    with visit.act(*ROLES) as (desk, _):
        held = open_draft(visit, desk)
        names = naming.names_of(desk, held.kept)
        chosen, unknown = _chosen(visit.form, names)
        edit_draft.stand_for(desk, held, chosen)
    if unknown:
        return _show(visit, unknown)
    return see(f"{where(visit)}/{'preview' if visit.form.get('then') == 'preview' else 'units'}")


def _show(visit: Visit, unknown: Mapping[str, str]) -> Response:
    with visit.look(*ROLES) as (desk, _):
        held = drafts.find(desk, number_of(visit))
        names = naming.names_of(desk, held.kept)
    if held.row.state != "open":
        return see(f"{where(visit)}/report")
    changing = visit.query.get("change", "")
    asked = [one for one in names.printed if not one.units or one.name == changing or one.name in unknown]
    return page(
        visit,
        "plan_units.html",
        status=422 if unknown else 200,
        p=PlanWords(visit.language),
        draft=held,
        names=names,
        asked=asked,
        known=[one for one in names.printed if one.units],
        offered=names.units if len(names.units) <= MOST_OFFERED else (),
        unknown=unknown,
    )


def _chosen(form: Mapping[str, str], names: Names) -> tuple[dict[str, Group | str | None], dict[str, str]]:
    """What each name of the form stands for; and the words that name neither a unit nor a category, by name."""
    printed = {one.name for one in names.printed}
    chosen: dict[str, Group | str | None] = {}
    unknown: dict[str, str] = {}
    for field, name in form.items():
        number = _FIELD.fullmatch(field)
        if not number or name not in printed:
            continue
        picked = [form.get(f"to{number[1]}", NOBODY), *_typed(form.get(f"more{number[1]}", ""), names)]
        wrong = [one for one in picked if one and not one.startswith((UNIT, CATEGORY))]
        if wrong:
            unknown[name] = "、".join(wrong)
        chosen[name] = _meant(picked, names)
    return chosen, unknown


def _typed(text: str, names: Names) -> list[str]:
    """Typed names as the menu's values; what is neither a unit nor a category stays as it was typed."""
    words = [" ".join(piece.split()) for piece in _BETWEEN.split(text)]
    return [
        f"{CATEGORY}{word}" if word in names.categories else f"{UNIT}{word}" if word in names.units else word
        for word in words
        if word
    ]


def _meant(picked: list[str], names: Names) -> Group | str | None:
    units = tuple(dict.fromkeys(one.removeprefix(UNIT) for one in picked if one.startswith(UNIT)))
    categories = tuple(dict.fromkeys(one.removeprefix(CATEGORY) for one in picked if one.startswith(CATEGORY)))
    if not set(units) <= set(names.units) or not set(categories) <= set(names.categories):
        raise Malformed
    if len(units) == 1 and not categories:
        return units[0]
    return Group(categories, units) if units or categories else None
