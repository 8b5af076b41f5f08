"""No text makes the reader fail, and none takes it more than its length's worth of time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.reading.collect import collect
from plans.reading.compose import tell
from plans.reading.decode import decode
from plans.reading.formats.csv import read_csv
from plans.reading.formats.html import read_html
from plans.reading.formats.txt import read_text
from plans.reading.grammar import tables
from plans.reading.output import to_jsonl, to_table
from plans.reading.timefield import read_times
from plans.reading.toplan import to_plan
from plans.reading.values import Pages

KINDS = ("dates", "periods", "days", "counts", "amounts", "within")
WORDS = [
    *(str(row["example"]) for kind in KINDS for row in tables()[kind]),
    *("一、", "（二）", "3.", "（4）", "①", "责任单位：", "完成时限：", "牵头", "配合", "市水利局", "、", "，"),
    *("；", "。", "（", "）", "前", "底", "至", "—", "每", "年", "月", "日", "|", "\n", "\t", " "),
    *("自", "之日起", "后", "汛期", "0", "99999", "十百", "《", "》", "长期坚持"),
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map("".join) | st.text(max_size=120)


@settings(max_examples=150)
@given(TEXTS, st.none() | st.integers(1990, 2100))
def test_phrases(text: str, base: int | None) -> None:
    tell(text, base, field=True)
    tell(text, base, field=False)
    read_times(text, base)


@settings(max_examples=120)
@given(TEXTS)
def test_texts(text: str) -> None:
    for blocks in (read_text(text, markdown=True), read_csv(text), read_html(text)):
        reading = collect(Pages(tuple(blocks), "txt"))
        to_jsonl(reading)
        to_table(reading)
        to_plan(reading, "x")


@given(st.binary(max_size=300))
def test_bytes(data: bytes) -> None:
    decode(data)


@pytest.mark.parametrize(
    "piece",
    [
        "（",
        "每年1月",
        "责任单位：",
        "市水利局、",
        "二〇二五年",
        "自",
        "1.",
        "《",
        "2026年3月-",
        "一、任务（\n",
        "10日内，",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    times = []
    for size in (2_000, 8_000):
        text = piece * (size // len(piece))
        started = time.process_time()
        collect(Pages(tuple(read_text(text, markdown=False)), "txt"))
        times.append(time.process_time() - started)
    assert times[1] < 16 * max(times[0], 0.02)
