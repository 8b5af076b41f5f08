"""The holidays that the law fixes, against a package that computes the Chinese calendar itself."""

from datetime import date

import holidays
import pytest

from schedules.statutory import LUNISOLAR_YEARS, statutory_holidays


@pytest.mark.parametrize("year", LUNISOLAR_YEARS)
def test_the_table_agrees_with_another_package(year: int) -> None:
    theirs = {day for day in holidays.country_holidays("CN", years=year, observed=False) if day.year == year}
    assert set(statutory_holidays(year)) == theirs


def test_the_table_reaches_ten_years_ahead() -> None:
    assert (LUNISOLAR_YEARS.start, LUNISOLAR_YEARS.stop) == (2027, 2037)


def test_a_usual_year_has_the_thirteen_days_of_the_decree() -> None:
    """Decree 795 of 2024-11-10 raised the statutory holidays from 11 to 13 days."""
    assert len(statutory_holidays(2027)) == 13


def test_mid_autumn_inside_the_national_day_holiday_counts_once() -> None:
    assert statutory_holidays(2028)[date(2028, 10, 3)] == "国庆节"
    assert len(statutory_holidays(2028)) == 12


def test_beyond_the_table_only_the_fixed_dates_are_known() -> None:
    known = " ".join(sorted(day.strftime("%m-%d") for day in statutory_holidays(2050)))
    assert known == "01-01 05-01 05-02 10-01 10-02 10-03"
