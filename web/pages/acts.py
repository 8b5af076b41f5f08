"""Every verb that has a form of its own: what it says is checked here, who may do it in the use case."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from usecases import evidence
from usecases.answer import Act
from usecases.errors import Refused
from web.effects import ROLES, UNIT
from web.errors import error_page
from web.forms import is_once, whole_number
from web.going import done
from web.intake import LONGEST, take
from web.sent_file import Upload
from web.talk import CHANNEL
from web.timing_form import BadTimingForm, day_in
from web.visit import Malformed, Visit

MOST_LABEL = 60
LONGEST_NAME = 120
NUMBERS = ("colleague", "unit", "behalf")
NEEDS = {"delegate": "colleague", "reroute": "unit", "extend": "day", "hold": "rung", "let_go": "rung"}


def act(visit: Visit) -> Response:
    """A form names its verb, the part, and what the verb needs."""
    verb = visit.form.get("verb", "")
    if verb not in ROLES:
        raise Malformed
    said = said_in(visit) | {"act": verb}
    if NEEDS.get(verb, "part") not in said:
        raise Malformed
    take(visit, said, *(("bureau",) if "behalf" in said else ROLES[verb]))
    return done(visit, "/inbox")


def report(visit: Visit) -> Response:
    """办结 with a note, an amount where it counts, and files; if a file cannot be kept, nothing is reported."""
    if visit.upload and visit.upload.too_large:
        return error_page(visit, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "files_too_large")
    said = said_in(visit) | {"act": "report"}
    stopped = _attach(visit, said["part"], visit.uploads)
    take(visit, said | stopped, *UNIT)
    return done(visit, "/inbox")


def said_in(visit: Visit) -> dict[str, Any]:
    """The fields of such a form, each of its kind; raises Malformed for what none of our pages could send."""
    form = visit.form
    part, words = whole_number(form.get("part", "")), form.get("words", "").strip()
    if part is None or len(words) > LONGEST:
        raise Malformed
    said: dict[str, Any] = {"part": part, "words": words, "label": form.get("label", "")[:MOST_LABEL]}
    said |= {name: form[name].strip()[:LONGEST_NAME] for name in ("amount", "to", "rung") if form.get(name, "").strip()}
    for name in NUMBERS:
        if form.get(name):
            said[name] = whole_number(form[name])
            if said[name] is None:
                raise Malformed
    if form.get("day"):
        said["day"] = _day(form["day"])
    return said


def _day(text: str) -> str:
    try:
        return day_in(text).isoformat()
    except BadTimingForm as error:
        raise Malformed from error


def _attach(visit: Visit, part_id: int, files: Iterable[Upload]) -> dict[str, Any]:
    """Keep the files, all of them or none; gives what stopped that."""
    held = [(file.name, file.content.read()) for file in files if file.content]
    if not held:
        return {}
    once = visit.form.get("once", "")
    if not is_once(once):
        raise Malformed
    try:
        with visit.act(*UNIT) as (desk, officer):
            by = Act(officer, CHANNEL, answered=once)
            for name, data in held:
                evidence.attach(desk, by, part_id, name=name, data=data, channel=CHANNEL)
    except Refused as error:
        return {"stopped": error.key, "values": {name: str(value) for name, value in error.values.items()}}
    return {"files": len(held)}
