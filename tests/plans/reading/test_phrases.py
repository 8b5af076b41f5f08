"""Every row of the phrase tables is held to its example, and field values to what they mean in 2026."""

from typing import Any

import pytest

from plans.reading.compose import tell
from plans.reading.grammar import scan, tables
from plans.reading.output import due_dict, say
from plans.reading.timefield import read_times
from schedules.timing import By, Event


@pytest.mark.parametrize("row", tables()["dates"], ids=lambda row: str(row["example"]))
def test_date(row: dict[str, Any]) -> None:
    told, doubts = tell(row["example"], 2026, field=True)
    assert [one.timing.day for one in told if isinstance(one.timing, By)] == [row["is"]]
    assert doubts == []


@pytest.mark.parametrize("kind", ["periods", "days", "counts", "amounts", "within"])
def test_every_other_row_finds_its_example(kind: str) -> None:
    for row in tables()[kind]:
        found = list(scan(row["example"] + ("1次" if "(?=" in row["say"] else ""), frozenset({kind}), field=True))
        assert found, row
        assert found[0].start == 0


@pytest.mark.parametrize(
    ("field", "means"),
    [
        ("2024年6月15日前并长期坚持", ["2024-06-15", "长期"]),
        ("2022年12月底前取得阶段性成果,2023年12月底前完成", ["2022-12-31 阶段性成果", "2023-12-31 完成"]),
        ("2024 年 2 月底前", ["2024-02-29"]),
        ("二〇二五年三月底前", ["2025-03-31"]),
        ("２０２６年６月３０日前", ["2026-06-30"]),
        ("上半年完成招标，下半年开工建设", ["2026-06-30 完成招标", "2026-12-31 开工建设"]),
        ("2025年6月、12月底前", ["2025-06-30", "2025-12-31"]),
        ("2025年10月底前启动，次年3月底前完成", ["2025-10-31 启动", "2027-03-31 完成"]),
        ("初稿：3月底前；定稿：6月底前", ["2026-03-31 初稿", "2026-06-30 定稿"]),
        ("每年6月30日、12月31日前", ["每年6月30日前", "每年12月31日前"]),
        ("每季度末月20日前", ["每季度20日前"]),
        ("每季度首月10日前", ["每季度10日前"]),
        ("次月10日前", ["每月10日前"]),
        ("每月底前", ["每月至少 1 次"]),
        ("每半年至少一次", ["每半年至少 1 次"]),
        ("一年两次", ["每年至少 2 次"]),
        ("每隔两年", ["每 2 年一次"]),
        ("不少于60学时/人/年", ["每人每年 60 学时"]),
        ("每季度结束后10日内", ["每季度结束后 10 天内"]),
        ("自印发之日起15日内", ["印发后 15 天内"]),
        ("接到通知后5个工作日内", ["接到通知后 5 个工作日内"]),
        ("发现问题后24小时内", ["发现问题后 1 天内"]),
        ("汛期前", ["汛期前"]),
        ("2026年国庆节前", ["2026年国庆节前"]),
        ("每年汛期来临前", ["每年汛期来临前"]),
        ("2024—2026年每年6月底前", ["每年6月30日前"]),
        ("即日起至2026年12月31日", ["2026-12-31"]),
        ("持续推进", ["长期"]),
        ("全年", ["长期"]),
        ("立行立改，长期坚持", ["长期"]),
        ("适时", []),
        ("按上级要求", []),
        ("2026年2月30日前", []),
        ("10个工作日内", []),
        ("每两周", []),
    ],
)
def test_time_field(field: str, means: list[str]) -> None:
    times = read_times(field, 2026)
    assert [*(say(due) for due in times.due), *(["长期"] if times.ongoing else [])] == means
    assert bool(times.doubts) == (not means)


@pytest.mark.parametrize("field", ["每年，\r前", "完\r\n\r\n\r前"])
def test_a_blank_is_no_event(field: str) -> None:
    assert not any(isinstance(due, Event) for due in read_times(field, 2026).due)


def test_a_number_in_digits_of_another_script_is_that_number() -> None:
    assert read_times("每٣年12月底前", 2026) == read_times("每3年12月底前", 2026)


def test_a_date_without_a_year_is_a_doubt_where_the_document_has_none() -> None:
    assert [doubt.reason for doubt in read_times("6月底前", None).doubts] == ["no_year"]


@pytest.mark.parametrize(
    "body",
    [
        "近五年来未发生的事项予以取消。",
        "2000年底前建成的老旧小区纳入改造范围。",
        "根据《三年行动计划（2023—2025年）》（国办发〔2023〕27号）要求，制定本方案。",
        "自2026年1月1日起施行，有效期至2030年12月31日。",
        "截至2025年6月底，全市已完成改造120个。",
        "2025年3月，我县召开了推进会。",
        "定期通报，及时报告，适时开展评估，常态化推进。",
        "法制审核人员不少于执法人员总数的5%，且不少于2人。",
        "拨打12345热线反映问题。",
        "全市生产总值增长6%以上，前三季度增长较快。",
        "做好前期准备，事前事中事后监管相衔接。",
    ],
)
def test_no_time_limit_in_prose(body: str) -> None:
    assert tell(body, 2026, field=False)[0] == []


def test_what_is_printed_is_what_the_plan_file_takes() -> None:
    assert due_dict(read_times("2024年2月底前", 2024).due[0]) == {
        "type": "by",
        "date": "2024-02-29",
        "stage": "",
        "month_end": True,
    }
