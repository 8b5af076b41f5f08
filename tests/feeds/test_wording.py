"""Every state can be said, in both languages, for an event and for a task."""

import pytest

from feeds.calendar import render
from schedules.lifecycle import Phase, State
from schedules.plan import ROLES
from tests.feeds.strict import read
from tests.feeds.views import entry, view


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", list(State), ids=str)
def test_every_state_role_and_phase_has_its_words(language: str, state: State) -> None:
    parts = [entry(uid=f"{p}-{r}", state=state.value, phase=p.value, role=r) for p in Phase for r in ROLES]
    for todo in (False, True):
        entries = read(render(view(*parts, language=language, todo=todo))).inner
        assert len(entries) == len(parts)
        assert not [e for e in entries if "{" in e["DESCRIPTION"] or not e["CATEGORIES"]]
