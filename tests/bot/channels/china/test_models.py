"""The fakes are judged: what they tell parses in the official libraries' models, what we send has their names."""

from typing import Any

from tests.bot.channels.china.test_chats import reminded, reminders
from tests.china.models import strange
from tests.rigs.china import ChinaRig
from tests.rigs.rig import until
from tests.sample_files import PDF


async def test_what_is_told_and_sent_has_the_libraries_own_names(rig: ChinaRig) -> None:
    """A code, a card, a press, a quotation, a file, a sticker, a group."""
    async with rig.running():
        person = await reminded(rig)
        reminder = reminders(person)[0]
        person.presses("签收")
        await until(lambda: any(bubble.edited for bubble in person.hears()))
        person.says("完成 红司发〔2026〕5号", quoting=reminder)
        await person.sees("已记录", "报结")
        rig.fake.sends_file(person.address, PDF)
        rig.fake.sends_sticker(person.address)
        rig.fake.says(person.address, "清单", group="oc_group" if rig.channel == "feishu" else "group")
        await until(lambda: len(rig.fake.told) >= 6 and not rig.waiting())
    assert strange(rig.fake) == []


async def test_what_is_no_name_of_theirs_is_found(rig: ChinaRig) -> None:
    """The judges see: a key that no model has, in what is told and in what is sent."""
    async with rig.running():
        person = rig.person("张敏")
        person.says("你好")
        await until(lambda: not rig.waiting() and rig.fake.told)
    told, sent = wrong(rig.fake.told[0])[rig.channel]
    rig.fake.told[:] = [told]
    rig.fake.calls[:] = [sent]
    assert len(strange(rig.fake)) == 2


def wrong(told: dict[str, Any]) -> dict[str, tuple[dict[str, Any], tuple[str, dict[str, str]]]]:
    """By channel, something told and something sent that no library has a name for."""
    inside = told.get("event", {}) | {"nonsense": 1}
    return {
        "feishu": (told | {"event": inside}, ("create", {"receive_id": "", "text": ""})),
        "dingtalk": (told | {"nonsense": 1}, ("PUT /v1.0/card/instances", {"outTrackId": "", "text": ""})),
        "wecom": (told | {"cmd": "nonsense"}, ("aibot_say", {})),
    }
