"""What the bureau does in a chat: verify, return, register events."""

from tests.bot.town import Town, text


def test_bureau_verifies_and_returns_by_unit_and_code(town: Town) -> None:
    ours, theirs = town.parts("张敏")["整改情况报告"], town.parts("李娜")["整改情况报告"]
    town.say("张敏", f"办{ours.code} 甲〔2026〕1号")
    said = text(town.say("李娜", f"办{theirs.code}"))
    assert "待司法局销号" in said
    listed = text(town.say("王芳", "待销号"))
    assert "示例区教育局 办6 整改情况报告 · 已报结 11月2日(周一) 10:00" in listed
    assert "缺" not in text(town.say("王芳", f"退回 教育局 {ours.code}"))
    assert town.state(ours) == "reported", "a return needs a reason"
    said = text(town.say("王芳", f"退回 教育局 {ours.code} 缺签到表"))
    assert "已退回：示例区教育局 办6 整改情况报告" in said
    assert "原因：缺签到表" in said
    assert town.state(ours) == "received"
    assert "已销号" in text(town.say("王芳", f"销号 水务局 {theirs.code}"))
    assert town.state(theirs) == "verified"


def test_bureau_answers_a_notice(town: Town) -> None:
    town.bind("王芳")
    part = town.parts("张敏")["整改情况报告"]
    town.say("张敏", f"办{part.code}")
    (notice,) = [ref for ref, message in town.beat().items() if "已报结" in message.text]
    unclear = text(town.say("王芳", "这份不行", reply_to=notice))
    assert "退回请回复“退回 示例区教育局 6 原因”" in unclear
    asked = town.press("王芳", f"v1:return:{part.id}", on=notice)
    assert "请回复退回原因：示例区教育局" in text(asked)
    assert "也可回复“退回 示例区教育局 6 原因”" in text(asked)
    assert town.state(part) == "reported"
    assert "原因：缺签到表" in text(town.say("王芳", "缺签到表")), "the next message answers, without a quotation"
    assert (town.state(part), town.part(part.id).reason) == ("received", "缺签到表")
    told = [message for message in town.beat().values() if message.lines[0].startswith("退回：")]
    assert told == [], "nobody of the unit has a chat, so the notice waits in the web inbox"


def test_events_need_their_full_name_and_a_sure_day(town: Town) -> None:
    assert "请写全名称" in text(town.say("王芳", "登记 发布 11月1日"))
    assert "请写明年份" in text(town.say("王芳", "登记 自方案发布之日 3月3日"))
    assert "请写明是哪一天" in text(town.say("王芳", "登记 自方案发布之日"))
    assert "没有任务在等“没有的事”" in text(town.say("王芳", "登记 没有的事 11月1日"))
    assert "发布后报送情况" not in town.parts("张敏")
    assert "已登记：自方案发布之日 · 11月1日(周日)" in text(town.say("王芳", "登记 自方案发布之日 11月1日"))
    assert town.parts("张敏")["发布后报送情况"].rule_day.isoformat() == "2026-11-16"
    assert "早先已登记" in text(town.say("王芳", "登记 自方案发布之日 2026年11月1日"))
