"""Whatever is due, a reminder keeps the rules: eight lines, buttons that fit, nothing half-filled."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.texts.parts import FRIDAY, NINE, part, reminder, view
from texts.compose import MOST_LINES, card, digest
from texts.values import PartView, ReminderView

RUNGS = ["assigned", "d30", "d7", "d1", "d0", "w1", "w4", "w9", "snooze1", "w4_bureau"]
STATES: list[dict[str, Any]] = [
    {},
    {"state": "received", "received_by": "张敏", "received_at": NINE},
    {"state": "received"},
    {"state": "received", "reason": "缺材料"},
    {"state": "reported", "reported_by": "张敏", "reported_at": NINE},
    {"state": "reported", "reported_by": "张敏", "reported_at": NINE, "verification": "bureau"},
    {"state": "verified", "reported_by": "张敏", "reported_at": NINE, "verification": "bureau"},
    {"state": "refused"},
    {"state": "waived", "reason": "plan_revised"},
    {"state": "lapsed"},
    {"confidential": True},
    {"target": Decimal(2), "counted": Decimal(1)},
    {"target": Decimal(60), "unit_of_measure": "学时"},
    {"title": "很长的题目" * 40, "plan": "很长的方案" * 40, "unit": "很长的单位" * 20, "measure": "要求" * 100},
    {"role": "lead", "waiting_for": ("甲局",) * 9},
]


@st.composite
def reminders(draw: st.DrawFn) -> ReminderView:
    given_part: PartView = part(
        FRIDAY + timedelta(days=draw(st.integers(-60, 300))),
        code=draw(st.integers(1, 9999)),
        **draw(st.sampled_from(STATES)),
    )
    after = draw(st.none() | st.integers(0, 400))
    following = (
        {} if after is None else {"next_rung": draw(st.sampled_from(RUNGS)), "next_on": FRIDAY + timedelta(days=after)}
    )
    return reminder(given_part, draw(st.sampled_from(RUNGS)), **following)


@settings(max_examples=300)
@given(
    st.lists(reminders(), min_size=1, max_size=40),
    st.sampled_from(["officer", "head", "bureau"]),
    st.sampled_from(["zh", "en"]),
    st.booleans(),
)
def test_every_message_keeps_the_rules(told: list[ReminderView], audience: str, language: str, repeat: bool) -> None:
    made = view(
        *told, audience=audience, language=language, possible_repeat=repeat, late_since=NINE - timedelta(days=3)
    )
    for message in (digest(made), card(made)):
        assert 1 <= len(message.lines) <= MOST_LINES
        assert all(said and "\n" not in said and "{" not in said for said in message.lines)
        assert len(message.text) < 4096
        for row in message.buttons:
            assert 1 <= len(row) <= 3
            assert all(0 < len(button.data.encode()) <= 64 and len(button.label) <= 30 for button in row)
        if not any(told_of.part.state in {"open", "received"} for told_of in told):
            assert message.buttons == ()
