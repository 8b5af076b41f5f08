"""The statutory holidays of a year whose arrangement the State Council has not published yet.

Which days: 全国年节及纪念日放假办法 as amended by State Council Decree 795 of 2024-11-10, in force since 2025-01-01:
1 January; Spring Festival's eve and first three days; Qingming; 1 and 2 May; Dragon Boat; Mid-Autumn; 1 to 3 October.
When the lunisolar ones fall: the Chinese calendar (GB/T 33661-2017), cross-checked in the tests with another package.
How they are joined to weekends and which weekends are worked instead is known only from the yearly notice.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

# year: (first day of the first lunar month, Qingming, fifth of the fifth month, fifteenth of the eighth month)
_LUNISOLAR: Mapping[int, tuple[str, str, str, str]] = MappingProxyType(
    {
        2027: ("02-06", "04-05", "06-09", "09-15"),
        2028: ("01-26", "04-04", "05-28", "10-03"),
        2029: ("02-13", "04-04", "06-16", "09-22"),
        2030: ("02-03", "04-05", "06-05", "09-12"),
        2031: ("01-23", "04-05", "06-24", "10-01"),
        2032: ("02-11", "04-04", "06-12", "09-19"),
        2033: ("01-31", "04-04", "06-01", "09-08"),
        2034: ("02-19", "04-05", "06-20", "09-27"),
        2035: ("02-08", "04-05", "06-10", "09-16"),
        2036: ("01-28", "04-04", "05-30", "10-04"),
    }
)

LUNISOLAR_YEARS = range(min(_LUNISOLAR), max(_LUNISOLAR) + 1)
"""The years for which the table above knows the festivals; outside them only the fixed dates are known."""


def statutory_holidays(year: int) -> Mapping[date, str]:
    """The holidays of `year` by Chinese name; without the lunisolar ones outside LUNISOLAR_YEARS."""
    named = [(date(year, 1, 1), "元旦"), (date(year, 5, 1), "劳动节"), (date(year, 5, 2), "劳动节")]
    named += [(date(year, 10, day), "国庆节") for day in (1, 2, 3)]
    if year in _LUNISOLAR:
        spring, qingming, boat, autumn = (date.fromisoformat(f"{year}-{text}") for text in _LUNISOLAR[year])
        named += [(spring + timedelta(days=step), "春节") for step in (-1, 0, 1, 2)]
        named += [(qingming, "清明"), (boat, "端午"), (autumn, "中秋")]
    return dict(reversed(named))  # where Mid-Autumn falls into the National Day holiday, the latter gives the name
