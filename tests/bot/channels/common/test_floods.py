"""Who pours messages in is told once and not parsed; everybody else is heard as before."""

from datetime import UTC, datetime, timedelta

from bot.channels.common.floods import KNOWN, MOST, STRANGE, Floods

NOW = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)


def test_people_of_the_office_may_press_through_a_long_list() -> None:
    floods = Floods()
    assert {floods.weigh("1001", NOW, known=True) for _ in range(KNOWN[0])} == {"hear"}
    assert [floods.weigh("1001", NOW, known=True) for _ in range(3)] == ["tell", "drop", "drop"]
    assert floods.weigh("1002", NOW, known=True) == "hear"
    assert floods.weigh("1001", NOW + timedelta(seconds=KNOWN[1]), known=True) == "hear"
    assert floods.weigh("1001", NOW + timedelta(seconds=KNOWN[1]), known=True) == "tell", "a new flood is told anew"


def test_a_stranger_gets_ten_answers_an_hour() -> None:
    floods = Floods()
    heard = [floods.weigh("x", NOW + timedelta(seconds=n), known=False) for n in range(3600)]
    assert heard.count("hear") == STRANGE[0] + (3600 - 1) // STRANGE[1]
    assert heard.count("tell") < heard.count("hear")


def test_whoever_becomes_known_is_listened_to_at_once() -> None:
    floods = Floods()
    while floods.weigh("x", NOW, known=False) == "hear":
        pass
    assert floods.weigh("x", NOW, known=True) == "hear"


def test_many_strangers_do_not_fill_the_memory() -> None:
    floods = Floods()
    for n in range(3 * MOST):
        floods.weigh(str(n), NOW, known=False)
    assert len(floods._people) == MOST  # noqa: SLF001 - what it holds is the claim
