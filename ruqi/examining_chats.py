"""What the doctor looks at in WeCom, DingTalk and Feishu: the library is there, the secret is taken."""

import asyncio
from collections.abc import Callable, Iterator

from pydantic import SecretStr

from bot.channels.common.api import Api, Dialect
from bot.channels.common.foreign import require
from ruqi.settings import Settings
from ruqi.speech import text

LIMIT = 15.0
Check = Callable[[], tuple[bool, str]]


def chats(settings: Settings) -> Iterator[tuple[str, Check]]:
    """(name, check) of each that is set up."""
    if settings.wecom_bot_id:
        yield "wecom", _wecom
    if settings.dingtalk_client_id:
        yield "dingtalk", lambda: _dingtalk(settings)
    if settings.feishu_app_id:
        yield "feishu", lambda: _feishu(settings)


def _wecom() -> tuple[bool, str]:
    """No connection is tried: a second one would end the first."""
    require("WeCom", "wecom-aibot-python-sdk", "aibot")
    return True, text("doctor.wecom")


def _dingtalk(settings: Settings) -> tuple[bool, str]:
    from bot.channels.dingtalk.channel import PUBLIC, dialect

    require("DingTalk", "dingtalk-stream", "dingtalk_stream")
    spoken = dialect(settings.dingtalk_client_id or "", _secret(settings.dingtalk_client_secret))
    return _answers("dingtalk", settings.dingtalk_url or PUBLIC, spoken)


def _feishu(settings: Settings) -> tuple[bool, str]:
    from bot.channels.feishu.channel import PUBLIC, dialect

    require("Feishu", "lark-oapi", "lark_oapi")
    spoken = dialect(settings.feishu_app_id or "", _secret(settings.feishu_app_secret))
    return _answers("feishu", settings.feishu_url or PUBLIC, spoken)


def _answers(name: str, url: str, dialect: Dialect) -> tuple[bool, str]:
    async def ask() -> None:
        api = Api(url, dialect)
        try:
            async with asyncio.timeout(LIMIT):
                await api.token()
        finally:
            await api.close()

    try:
        asyncio.run(ask())
    except Exception as error:  # noqa: BLE001 - whatever the matter is, it is the finding
        return False, text(f"doctor.{name}_bad", why=type(error).__name__)
    return True, text(f"doctor.{name}")


def _secret(held: SecretStr | None) -> str:
    return held.get_secret_value() if held else ""
