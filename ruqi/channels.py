"""The channels that the settings open: one line each. A channel's library is imported only when it is set up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.channels import Channel
from ruqi.settings import Settings
from scheduler.clock import Clock
from usecases.office import Office


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
    yield Telegram(token.get_secret_value(), base, setting.office, setting.clock, setting.wake, proxy)


MAKERS: tuple[Callable[[Setting], Iterator[Channel]], ...] = (_telegram,)
