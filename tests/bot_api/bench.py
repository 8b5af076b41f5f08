"""Everything one running fake owns, in one place."""

from dataclasses import dataclass, field

from tests.bot_api.clock import ServerClock
from tests.bot_api.ledger import Ledger
from tests.bot_api.limits import Limits
from tests.bot_api.polling import Polling
from tests.bot_api.rules import Rules
from tests.bot_api.webhook import Webhook
from tests.bot_api.world import User, World

TOKEN = "770001:fake-token-for-tests"  # not a secret: no such bot exists
BOT = User(770001, "如期", "ruqi_test_bot", is_bot=True)


@dataclass(slots=True)
class Bench:
    """`complaints` are the things no well-written bot does, in the order they happened."""

    token: str = TOKEN
    clock: ServerClock = field(default_factory=ServerClock)
    ledger: Ledger = field(default_factory=Ledger)
    world: World = field(default_factory=lambda: World(BOT))
    rules: Rules = field(default_factory=Rules)
    limits: Limits = field(default_factory=Limits)
    complaints: list[str] = field(default_factory=list)
    polling: Polling = field(init=False)
    webhook: Webhook = field(init=False)

    def __post_init__(self) -> None:
        self.polling = Polling(self.world.queue, self.clock.now)
        self.webhook = Webhook(self.world, self.polling, self.clock.now)
        self.world.queue.on_push = self.polling.wake

    def close(self) -> None:
        """Let go of every held call, so that the server can stop."""
        self.polling.close()
        self.webhook.close()
