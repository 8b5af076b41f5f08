"""Misses are counted by address and forgotten after a minute."""

from web import limits
from web.limits import Misses


def test_misses_are_counted_for_each_address_apart_and_run_out() -> None:
    moment = [0.0]
    misses = Misses(most=3, seconds=60, tick=lambda: moment[0])
    for _ in range(3):
        assert not misses.too_many("10.0.0.1")
        misses.count("10.0.0.1")
    assert misses.too_many("10.0.0.1")
    assert not misses.too_many("10.0.0.2")
    moment[0] = 60.0
    assert not misses.too_many("10.0.0.1")


def test_many_addresses_do_not_fill_the_memory() -> None:
    misses = Misses()
    for number in range(limits.MOST_ADDRESSES + 50):
        misses.count(str(number))
    assert len(misses) == limits.MOST_ADDRESSES
