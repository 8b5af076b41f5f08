"""What people type, and what is understood. The refused ones matter most: nothing may be read as done by mistake."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.grammar import parse
from bot.grammar_text import fold
from bot.intents import (
    AskBureau,
    Calendar,
    Event,
    Help,
    Intent,
    Language,
    Look,
    NotDone,
    Nothing,
    Plain,
    Receive,
    Report,
    Return,
    Show,
    SignIn,
    Snooze,
    Start,
    Undo,
    Unsure,
    Verify,
    Why,
)

DONE_12 = Report((12,))

ACTS: list[tuple[str, Intent, str]] = [
    ("办12", DONE_12, "the short form on every card"),
    ("办 12", DONE_12, "a space"),
    ("办１２", DONE_12, "full-width digits"),
    ("办　12", DONE_12, "a full-width space"),
    ("办#12", DONE_12, "a number sign"),
    ("辦12", DONE_12, "traditional"),
    ("办12。", DONE_12, "a full stop"),
    ("办12，谢谢", DONE_12, "politeness is no note"),
    ("办结12", DONE_12, "the longer verb"),
    ("已办结 12", DONE_12, "with 已"),
    ("完成了12", DONE_12, "with 了"),
    ("12办结了", DONE_12, "the code first"),
    ("12 已完成", DONE_12, "the code first, a space"),
    ("办十二", DONE_12, "a Chinese number"),
    ("@ruqi_bot 办12", DONE_12, "spoken to in a group"),
    ("办12 @ruqi_bot", DONE_12, "spoken to at the end"),
    ("好的，办12", DONE_12, "a greeting before it"),
    ("/done 12", DONE_12, "a command that spells the word"),
    ("done 12", DONE_12, "English"),
    ("Done 12", DONE_12, "a capital"),
    ("finished 12", DONE_12, "English, another verb"),
    ("办\u200b12", DONE_12, "a sign nobody sees"),
    ("办12 文号宁司通〔2026〕5号", Report((12,), "文号宁司通〔2026〕5号"), "a document number"),
    ("办12文号宁司通〔2026〕5号", Report((12,), "文号宁司通〔2026〕5号"), "without the space"),
    ("办12宁司通〔2026〕5号", Report((12,), "宁司通〔2026〕5号"), "the number at once"),
    ("办12：宁司通〔2026〕5号", Report((12,), "宁司通〔2026〕5号"), "a full-width colon"),
    ("办12，3月5日已报", Report((12,), "3月5日已报"), "a date is no second code"),
    ("办12 2026年3月5日报送", Report((12,), "2026年3月5日报送"), "a year is no second code"),
    ("办12 2026-03-05 报送", Report((12,), "2026-03-05 报送"), "nor is an ISO date"),
    ("办12 检查中未发现问题", Report((12,), "检查中未发现问题"), "未 that denies nothing"),
    ("办12 今天已报送，请查收", Report((12,), "今天已报送，请查收"), "a sentence as note"),
    ("办12 2个附件", Report((12,), "2个附件"), "an amount of something else is a note"),
    ("办12 30学时", Report((12,), "30学时", Decimal(30), "学时"), "an amount"),
    ("办12 2个", Report((12,), "2个", Decimal(2), "个"), "how many"),
    ("办12 1.5学时", Report((12,), "1.5学时", Decimal("1.5"), "学时"), "half of one"),
    ("done 12 2 times", Report((12,), "2 times", Decimal(2), "times"), "English amount"),
    ("办12、15", Report((12, 15)), "several, told apart"),
    ("办12，办15", Report((12, 15)), "several, each with its verb"),
    ("12、15 都完成了", Report((12, 15)), "several, the codes first"),
    ("办99999999999999999999", Report((999_999_999,)), "a number beyond all codes"),
    ("完成", Report(), "alone: what the message replied to shows"),
    ("完成了", Report(), "alone with 了"),
    ("已办结。", Report(), "alone with a full stop"),
    ("全部完成", Report(), "all of it"),
    ("done", Report(), "alone in English"),
    ("已完成，宁司通〔2026〕5号", Report((), "宁司通〔2026〕5号"), "alone with a note"),
    ("完成 30学时", Report((), "30学时", Decimal(30), "学时"), "alone with an amount"),
    ("收12 15 16", Receive((12, 15, 16)), "as the digest says"),
    ("收 12、15，16", Receive((12, 15, 16)), "mixed signs"),
    ("收12和15", Receive((12, 15)), "和"),
    ("签收12", Receive((12,)), "the longer verb"),
    ("12、15收到", Receive((12, 15)), "the codes first"),
    ("收十二、十五", Receive((12, 15)), "Chinese numbers"),
    ("received 12 15", Receive((12, 15)), "English"),
    ("/received 12", Receive((12,)), "a command"),
    ("收到", Receive(), "alone"),
    ("收到！", Receive(), "a full-width exclamation mark"),
    ("收到，谢谢", Receive(), "politely"),
    ("好的，收到", Receive(), "a greeting before it"),
    ("好的收到", Receive(), "a greeting without a comma"),
    ("收到🙏", Receive(), "with hands"),
    ("收到，我们尽快办理", Receive(), "a promise to do it is a receipt"),
    ("收到，下周报", Receive(), "a promise with a date too"),
    ("已阅", Receive(), "read"),
    ("got it", Receive(), "English"),
    ("全部签收", Receive(), "all of it"),
]

ASKED: list[tuple[str, Intent, str]] = [
    ("办12 15", Unsure("report", (12, 15)), "two codes, or fifteen of one"),
    ("办12 15 已报送", Unsure("report", (12, 15), "已报送"), "the same with a note"),
    ("12号完成", Unsure("report", (12,)), "the twelfth, or number twelve"),
    ("办12号", Unsure("report", (12,)), "number twelve"),
    ("完成3、4季度任务", Unsure("report", (3,), "4季度任务"), "quarters, not codes"),
    ("办12 下周报纸质件", Unsure("report", (12,), "下周报纸质件"), "something is still to come"),
    ("办12 已完成大部分", Unsure("report", (12,), "已完成大部分"), "most of it"),
    ("办12 基本完成", Unsure("report", (12,), "基本完成"), "nearly"),
    ("办12市局案卷", Unsure("report", (12,), "市局案卷"), "words run on after the number"),
    ("done 12 partly", Unsure("report", (12,), "partly"), "English: in part"),
    ("收12收15", Unsure("receive", (12,), "收15"), "two verbs run together"),
    ("收到12市局通知", Unsure("receive", (12,), "市局通知"), "words run on"),
]

NEVER_ACTS: list[tuple[str, Intent, str]] = [
    ("完成不了", NotDone(), "cannot"),
    ("没完成", NotDone(), "not"),
    ("还没完成", NotDone(), "not yet"),
    ("未完成", NotDone(), "not, formally"),
    ("尚未办结", NotDone(), "not yet, formally"),
    ("什么时候完成", NotDone(), "a question"),
    ("什么时候能办完？", NotDone(), "a question"),
    ("完成了吗", NotDone(), "a question"),
    ("完成了没", NotDone(), "a question"),
    ("完成没有", NotDone(), "a question"),
    ("12办结了吗", NotDone((12,)), "a question about one"),
    ("办12？", NotDone((12,)), "a question about one"),
    ("办12 没完成", NotDone((12,)), "denied after the code"),
    ("办12 还在办", NotDone((12,)), "under way"),
    ("办12 正在推进中", NotDone((12,)), "under way"),
    ("办12 办不了", NotDone((12,)), "cannot"),
    ("办12 怎么办", NotDone((12,)), "asks how"),
    ("办12 还差一个签字", NotDone((12,)), "something is missing"),
    ("12完成不了", NotDone((12,)), "cannot, the code first"),
    ("案卷评查还没做完", NotDone(), "a sentence that denies"),
    ("下周完成", NotDone(), "a promise"),
    ("明天办完", NotDone(), "a promise"),
    ("预计月底前完成", NotDone(), "a plan"),
    ("大部分完成", NotDone(), "most of it"),
    ("如果完成了就报", NotDone(), "if"),
    ("完成一半", NotDone(), "half"),
    ("not done", NotDone(), "English"),
    ("done?", NotDone(), "English question"),
    ("not done yet", NotDone(), "English"),
    ("done 12 but not finished", NotDone((12,)), "English, contradicting itself"),
    ("haven't finished", NotDone(), "English"),
    ("will be done tomorrow", NotDone(), "English promise"),
    ("收到了吗", NotDone(), "asks whether it arrived"),
    ("收到吗？", NotDone(), "asks whether it arrived"),
    ("还没收到", Plain("还没收到"), "did not arrive"),
    ("没收到", Plain("没收到"), "did not arrive"),
    ("办不了", Plain("办不了"), "cannot"),
    ("12号开会", Plain("12号开会"), "a meeting on the twelfth"),
    ("办12月的事", Plain("办12月的事"), "December"),
    ("办12:30的会", Plain("办12:30的会"), "half past twelve"),
    ("办12.5", Plain("办12.5"), "no code"),
    ("办-12", Plain("办-12"), "negative"),
    ("办1e9", Plain("办1e9"), "an exponent"),
    ("办١٢", Plain("办١٢"), "Arabic-Indic digits"),
    ("办12处违建", Plain("办12处违建"), "twelve buildings"),
    ("办12-15", Plain("办12-15"), "a range, or a date"),
    ("收到12份材料", Plain("收到12份材料"), "twelve papers"),
    ("收到3万元", Plain("收到3万元"), "money"),
    ("完成情况", Plain("完成情况"), "a noun"),
    ("办结率是多少", Plain("办结率是多少"), "a noun"),
    ("办公室在几楼", Plain("办公室在几楼"), "an office"),
    ("收文登记", Plain("收文登记"), "a noun"),
    ("撤销行政处罚", Plain("撤销行政处罚"), "a decision, not our undo"),
    ("今天开会", Plain("今天开会"), "not the list"),
    ("办理12", Plain("办理12"), "to handle, not handled"),
    ("👍", Plain("👍"), "a thumb is no word"),
    ("延12 12月20日 材料未齐", AskBureau(), "an extension is the bureau's"),
    ("申请延期到下周", AskBureau(), "an extension"),
    ("不是我们的任务", AskBureau(), "another unit's"),
    ("办12 不是我单位的", AskBureau(), "another unit's, after the verb"),
    ("", Nothing(), "empty"),
    ("   \n　", Nothing(), "only spaces"),
    ("\u200b\u202e", Nothing(), "only signs nobody sees"),
]

SENTENCES: list[tuple[str, Intent, str]] = [
    ("案卷评查做完了", Plain("案卷评查做完了", "report"), "plain words"),
    ("宣誓搞完了", Plain("宣誓搞完了", "report"), "shorter"),
    ("年度培训已开展", Plain("年度培训已开展", "report"), "formal"),
    ("案卷评查的通知收到了", Plain("案卷评查的通知收到了", "receive"), "a receipt in a sentence"),
    ("完成12 个案卷", Plain("完成12 个案卷", "report"), "twelve files are no code"),
    ("完成三、四季度任务", Plain("完成三、四季度任务", "report"), "quarters are no codes"),
    ("The case review is finished", Plain("The case review is finished", "report"), "English"),
]

OTHERS: list[tuple[str, Intent, str]] = [
    ("撤销", Undo(), "the last act"),
    ("撤回", Undo(), "another word"),
    ("撤销12", Undo(12), "one of several"),
    ("/undo", Undo(), "a command"),
    ("/undo 12", Undo(12), "a command with a code"),
    ("undo", Undo(), "English"),
    ("稍后", Snooze(), "asks when"),
    ("稍后12", Snooze((12,)), "asks when"),
    ("稍后12 下个工作日", Snooze((12,), "next_workday"), "the next working day"),
    ("稍后12 明天", Snooze((12,), "next_workday"), "tomorrow means the next working day"),
    ("稍后12 下午", Snooze((12,), "afternoon"), "this afternoon"),
    ("稍后12 期限前3个工作日", Snooze((12,), "three_before"), "before it is due"),
    ("12 稍后", Snooze((12,)), "the code first"),
    ("later 12 tomorrow", Snooze((12,), "next_workday"), "English"),
    ("今天", Show("today"), "today"),
    ("今天有什么", Show("today"), "today, asked"),
    ("/today", Show("today"), "a command"),
    ("／ｔｏｄａｙ", Show("today"), "full-width"),
    ("/today@ruqi_bot", Show("today"), "to this bot in a group"),
    ("/TODAY", Show("today"), "capitals"),
    ("本周", Show("week"), "the week"),
    ("逾期", Show("overdue"), "overdue"),
    ("清单", Show("list"), "everything"),
    ("清单 2", Show("list", 2), "the second page"),
    ("/list 3", Show("list", 3), "the third page"),
    ("list 2", Show("list", 2), "English page"),
    ("待销号", Show("to_verify"), "the bureau's list"),
    ("12", Look(12), "only a code"),
    ("#12", Look(12), "only a code"),
    ("查12", Look(12), "show one"),
    ("为什么", Why(), "of the message replied to"),
    ("为什么12", Why(12), "of one"),
    ("why 12", Why(12), "English"),
    ("帮助", Help(), "help"),
    ("？", Help(), "a question mark"),
    ("/help", Help(), "a command"),
    ("/nonsense", Help(), "an unknown command"),
    ("/", Help(), "a slash"),
    ("/language fr", Help(), "a language we do not speak"),
    ("日历", Calendar(), "calendar"),
    ("/calendar", Calendar(), "a command"),
    ("网页", SignIn(), "a link into the pages"),
    ("/start abcDEF_-12", Start("abcDEF_-12"), "binding"),
    ("/start", Start(), "without a code"),
    ("绑定 abcDEF_-12", Start("abcDEF_-12"), "binding in words"),
    ("/language en", Language("en"), "English please"),
    ("English", Language("en"), "English please"),
    ("中文", Language("zh"), "Chinese please"),
    ("销号 某局 12", Verify("某局", 12), "verify"),
    ("销号某局12", Verify("某局", 12), "without spaces"),
    ("销号", Verify(), "of the notice replied to"),
    ("verify Water Office 12", Verify("Water Office", 12), "a name of two words"),
    ("退回 某局 12 缺签到表", Return("某局", 12, "缺签到表"), "return with a reason"),
    ("退回 某局 12", Return("某局", 12), "return without one"),
    ("退回 缺签到表", Return("", None, "缺签到表"), "of the notice replied to"),
    ("退回，2处签名缺失", Return("", None, "2处签名缺失"), "two places are no code"),
    ("登记 自方案发布之日 3月3日", Event("自方案发布之日", "3月3日"), "an event"),
    ("登记 自方案发布之日 2026年3月3日", Event("自方案发布之日", "2026年3月3日"), "with its year"),
    ("登记：换发证件 2026-03-03", Event("换发证件", "2026-03-03"), "ISO"),
    ("登记 换发证件", Event("换发证件"), "without a day"),
]

EVERYTHING = [*ACTS, *ASKED, *NEVER_ACTS, *SENTENCES, *OTHERS]


@pytest.mark.parametrize(("text", "meant", "why"), EVERYTHING, ids=[f"{text!r}: {why}" for text, _, why in EVERYTHING])
def test_each_phrasing(text: str, meant: Intent, why: str) -> None:
    assert parse(text) == meant, why


@pytest.mark.parametrize(
    "denied",
    [
        "{}不了",
        "没{}",
        "还没{}",
        "未{}",
        "什么时候{}",
        "{}了吗",
        "{}了没有",
        "怎么{}",
        "能不能{}",
        "明天{}",
        "下周{}",
        "不能{}",
        "没有{}",
    ],
)
@pytest.mark.parametrize("verb", ["完成", "办结", "做完", "办完", "报结", "办好"])
@pytest.mark.parametrize("frame", ["{}", "{}。", "办12 {}", "12 {}", "案卷评查{}", "领导，{}"])
def test_denials_questions_and_promises_are_never_acts(denied: str, verb: str, frame: str) -> None:
    assert not isinstance(parse(frame.format(denied.format(verb))), Report | Receive)


@settings(max_examples=400)
@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from([*"办收完成结了没不12345 、，。和/@#号个?", "学时", "撤销", "退回"]), max_size=60).map(
        "".join
    )
)
def test_any_text_has_a_meaning_and_hidden_signs_change_nothing(text: str) -> None:
    meant = parse(text)
    assert parse(text + "\u200b") == meant
    assert parse(text) == meant


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_folding_keeps_every_sign_in_its_place(text: str) -> None:
    said = fold(text)
    assert len(said.typed) == len(said.flat)


HOSTILE = [
    "办",
    "办1",
    "1 ",
    "1、",
    "完",
    "没",
    "不",
    "@aaa",
    "收到",
    "谢谢",
    "好的",
    " ",
    "退回 ",
    "销号 a",
    "登记 ",
    "1月",
    "/",
    "一、",
    ",",
    "稍后",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    """A hostile message of the greatest length costs at most about as much for each sign as a short one."""
    whole = (piece * 4096)[:4096]
    parse(whole)
    start = time.perf_counter()
    for tail in ("", "x", "！", "12"):
        parse(whole[: 4096 - len(tail)] + tail)
    assert time.perf_counter() - start < 1.0
