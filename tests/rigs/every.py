"""Every rig by the name of its channel."""

from collections.abc import Callable, Mapping

from tests.rigs.china import CHINA
from tests.rigs.office import Town
from tests.rigs.rig import Rig
from tests.rigs.telegram import TelegramRig
from tests.rigs.web import WebRig

EVERY: Mapping[str, Callable[[Town], Rig]] = {"telegram": TelegramRig, **CHINA, "web": WebRig}
