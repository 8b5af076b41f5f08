"""The channels that the settings open: one line each. A channel's library is imported only when it is set up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.channels import Channel
from ruqi.settings import Settings
from scheduler.clock import Clock
from usecases.office import Office

if TYPE_CHECKING:
    from bot.channels.mail import Mailbox


@dataclass(frozen=True, slots=True)
class Setting:
    """What a channel is made from. `wake` is called in the loop after something was stored and must not block."""

    settings: Settings
    office: Office
    clock: Clock
    wake: Callable[[], object] = lambda: None
    """Nothing to wake by hand: that something was stored wakes the beat."""


def open_channels(setting: Setting) -> list[Channel]:
    """Every channel that is set up; each stands alone."""
    return [channel for make in MAKERS for channel in make(setting)]


def _telegram(setting: Setting) -> Iterator[Channel]:
    token = setting.settings.telegram_token
    if token is None:
        return
    from bot.channels.telegram import Telegram

    base, proxy = setting.settings.telegram_base_url, setting.settings.telegram_proxy
    yield Telegram(
        token.get_secret_value(),
        base,
        setting.office,
        setting.clock,
        setting.wake,
        proxy,
        webhook=setting.settings.telegram_webhook,
    )


def _wecom(setting: Setting) -> Iterator[Channel]:
    given = setting.settings
    if given.wecom_bot_id and given.wecom_secret:
        from bot.channels.wecom import WeCom

        secret, url = given.wecom_secret.get_secret_value(), given.wecom_url or ""
        yield WeCom(given.wecom_bot_id, secret, setting.office, setting.clock, url=url)


def _dingtalk(setting: Setting) -> Iterator[Channel]:
    given = setting.settings
    if given.dingtalk_client_id and given.dingtalk_client_secret:
        from bot.channels.dingtalk import DingTalk

        secret, url = given.dingtalk_client_secret.get_secret_value(), given.dingtalk_url or ""
        yield DingTalk(given.dingtalk_client_id, secret, setting.office, setting.clock, url=url)


def _feishu(setting: Setting) -> Iterator[Channel]:
    given = setting.settings
    if given.feishu_app_id and given.feishu_app_secret:
        from bot.channels.feishu import Feishu

        secret, url = given.feishu_app_secret.get_secret_value(), given.feishu_url or ""
        yield Feishu(given.feishu_app_id, secret, setting.office, setting.clock, url=url)


def _robots(setting: Setting) -> Iterator[Channel]:
    names = setting.settings.robots.split()
    if not names:
        return
    from bot.channels.robots import RobotChannel

    for name in names:
        pace = setting.settings.robot_per_minute
        yield RobotChannel(f"{name}_robot", now=setting.clock.now, per_minute=pace)


def _mail(setting: Setting) -> Iterator[Channel]:
    if setting.settings.mail_host is None:
        return
    from bot.channels.mail import Mail

    yield Mail(mailbox(setting.settings), setting.office, setting.clock.now)


def mailbox(settings: Settings) -> "Mailbox":
    """The mail server of the settings, which name one."""
    from bot.channels.mail import Mailbox

    assert settings.mail_host is not None  # noqa: S101 - asked for only with a host
    password = settings.mail_password.get_secret_value() if settings.mail_password else ""
    return Mailbox(
        settings.mail_host,
        settings.mail_port,
        settings.mail_security,
        settings.mail_from,
        settings.mail_user,
        password,
    )


def _notify(setting: Setting) -> Iterator[Channel]:
    services = setting.settings.notify.split()
    if not services:
        return
    from bot.channels.notify import Notify

    yield Notify(services, setting.office, setting.clock.now)


def _webhook(setting: Setting) -> Iterator[Channel]:
    if not setting.settings.webhooks:
        return
    from bot.channels.webhook import Allowed, Webhook

    yield Webhook(Allowed.read(setting.settings.webhook_hosts.split()), setting.clock.now)


MAKERS: tuple[Callable[[Setting], Iterator[Channel]], ...] = (
    _telegram,
    _wecom,
    _dingtalk,
    _feishu,
    _robots,
    _mail,
    _notify,
    _webhook,
)
