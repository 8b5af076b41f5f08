"""A form for one duty: labels at the left of their values."""

from plans.reading.columns import Row
from plans.reading.labels import FIELD_KINDS, kind_of

_SEVERAL = 2
_NAMED_SHARE = 0.7


def card_of(rows: tuple[Row, ...]) -> list[tuple[str, str]] | None:
    """A form with labels at the left of their values; None when the table is none."""
    pairs: list[tuple[str, str]] = []
    for row in rows:
        cells = list({(c.row, c.column): c for c in row}.values())
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            pairs.append((label.text, value.text))
    kinds = [kind_of(label) for label, _ in pairs]
    fields = {kind for kind in kinds if kind in FIELD_KINDS}
    values = [kind_of(value) for _, value in pairs if value.strip()]
    named = sum(bool(kind) for kind in kinds)
    if (
        len(fields) >= _SEVERAL
        and {"title", "measure"} & set(kinds)
        and named >= len(pairs) * _NAMED_SHARE
        and sum(map(bool, values)) <= 1
    ):
        return pairs
    return None
