"""What became of a call: four outcomes from a table of codes, read from the body and not from the HTTP status."""

from collections.abc import Mapping

import pytest

from bot.channels.common.calls import Lost, Meaning, Said, Unsent, outcome
from bot.channels.dingtalk.errors import MEANINGS as DINGTALK
from bot.channels.feishu.errors import MEANINGS as FEISHU
from bot.channels.wecom.errors import MEANINGS as WECOM
from bot.channels.wecom.errors import read_error
from schedules.retry import Again, Outcome, Refused, Unknown

CASES: list[tuple[Mapping[str, Meaning], str, type[Outcome], bool]] = [
    (WECOM, "846607", Again, False),
    (WECOM, "45009", Again, False),
    (WECOM, "93006", Refused, True),
    (WECOM, "60111", Refused, True),
    (WECOM, "853000", Again, False),
    (WECOM, "40058", Refused, False),
    (DINGTALK, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", Again, False),
    (DINGTALK, "Forbidden.AccessDenied.AccessTokenPermissionDenied", Again, False),
    (DINGTALK, "staff.invalid", Refused, True),
    (DINGTALK, "staff.flow_controlled", Again, False),
    (DINGTALK, "ServiceUnavailable", Again, False),
    (DINGTALK, "never.heard.of", Refused, False),
    (FEISHU, "230053", Refused, True),
    (FEISHU, "230013", Refused, True),
    (FEISHU, "99991400", Again, False),
    (FEISHU, "230020", Again, False),
    (FEISHU, "99991672", Again, False),
    (FEISHU, "230001", Refused, False),
    (FEISHU, "1", Refused, False),
]


@pytest.mark.parametrize(("table", "code", "kind", "gone"), CASES)
def test_a_refusal_by_its_code(table: Mapping[str, Meaning], code: str, kind: type[Outcome], *, gone: bool) -> None:
    found = outcome(Said(code, "words"), table)
    assert isinstance(found, kind)
    assert getattr(found, "gone", False) == gone


def test_the_services_own_wait_is_kept() -> None:
    assert outcome(Said("99991400", "", after=7.0), FEISHU) == Again(after=7.0, reason="99991400")


def test_silence_is_of_two_kinds() -> None:
    assert isinstance(outcome(Unsent("x"), {}), Again)
    assert isinstance(outcome(Lost("x"), {}), Unknown)


def test_a_fault_of_a_library_may_have_gone_out_and_its_words_are_kept_back() -> None:
    assert outcome(ValueError("https://x?token=canary"), {}) == Unknown("ValueError")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RuntimeError("Reply ack error: errcode=93006, errmsg=invalid chatid"), Said),
        (RuntimeError("WebSocket not connected, unable to send data"), Unsent),
        (TimeoutError("Reply ack timeout (5.0s) for reqId: x"), Lost),
        (RuntimeError("WebSocket connection closed (1006)"), Lost),
        (ConnectionResetError(), Lost),
    ],
)
def test_what_the_wecom_library_raises(error: Exception, kind: type[Exception]) -> None:
    assert type(read_error(error)) is kind
