"""Settings: `RUQI_*` from the environment, or from the file `.env` in the working directory; the environment wins.

The only place that reads the environment. A key that does not exist is refused with the nearest spelling, because a
mistyped setting that is silently ignored is found out months later.
"""

from collections.abc import Iterator, Mapping
from datetime import time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ruqi.setting_kinds import Address, Proxy, SocketAddress, places, upper, words_of, zone
from ruqi.tongue import ENV_FILE, Language, given
from schedules.errors import RuqiError

PREFIX = "RUQI_"

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseSettings):
    """Every setting with its default; `.env.example` says to people what each is for."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        arbitrary_types_allowed=True,
        hide_input_in_errors=True,
    )

    language: Language = "zh"
    timezone: Annotated[ZoneInfo, BeforeValidator(zone)] = ZoneInfo("Asia/Shanghai")

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    base_url: Address | None = None

    data_dir: Path = Path("data")
    database_url: SecretStr | None = None

    telegram_token: SecretStr | None = None
    telegram_base_url: Address | None = None
    telegram_proxy: Proxy | None = None
    telegram_webhook: bool = False

    wecom_bot_id: str | None = None
    wecom_secret: SecretStr | None = None
    wecom_url: SocketAddress | None = None
    dingtalk_client_id: str | None = None
    dingtalk_client_secret: SecretStr | None = None
    dingtalk_url: Address | None = None
    feishu_app_id: str | None = None
    feishu_app_secret: SecretStr | None = None
    feishu_url: Address | None = None
    mail_host: str | None = None
    mail_port: Annotated[int, Field(ge=1, le=65535)] = 587
    mail_security: Literal["starttls", "ssl", "none"] = "starttls"
    mail_user: str = ""
    mail_password: SecretStr | None = None
    mail_from: str = ""
    mail_link_hours: Annotated[int, Field(ge=1, le=14 * 24)] = 72

    robots: Annotated[str, words_of({"wecom", "dingtalk", "feishu"})] = ""
    robot_per_minute: Annotated[int, Field(ge=1, le=600)] = 20

    notify: Annotated[str, words_of(set())] = ""

    webhooks: bool = False
    webhook_hosts: Annotated[str, AfterValidator(places)] = ""

    heartbeat_url: SecretStr | None = None

    fallback_minutes: Annotated[int, Field(ge=1, le=8 * 60)] = 30

    workdays_file: Path | None = None
    ladder_file: Path | None = None
    office_opens: time = time(8, 30)
    office_closes: time = time(17, 30)
    office_sends: time = time(9, 0)
    undo_minutes: Annotated[int, Field(ge=0, le=24 * 60)] = 10
    nudge_cooldown_days: Annotated[int, Field(ge=0, le=30)] = 1
    silent_after_days: Annotated[int, Field(ge=1, le=60)] = 5
    join_requests: bool = False
    join_units: bool = False
    join_lapse_days: Annotated[int, Field(ge=1, le=60)] = 5
    announcements_a_day: Annotated[int, Field(ge=0, le=100)] = 3

    backup_dir: Path | None = None
    backup_every_hours: Annotated[int, Field(ge=0, le=168)] = 24
    backup_at: time = time(2, 30)
    backup_keep: Annotated[int, Field(ge=2, le=1000)] = 14

    seal_key_file: Path | None = None

    feeds: bool = True
    log_level: Annotated[LogLevel, BeforeValidator(upper)] = "INFO"
    log_format: Literal["text", "json"] = "text"
    log_days: Annotated[int, Field(ge=180, le=3650)] = 180
    talk_days: Annotated[int | None, Field(ge=180, le=36500)] = None

    @property
    def secrets(self) -> list[str]:
        """What may stand in no log line: each secret, the telling half of the bot's token, the database's password."""
        held = (getattr(self, name) for name in type(self).model_fields)
        whole = [value.get_secret_value() for value in held if isinstance(value, SecretStr)]
        token = self.telegram_token.get_secret_value().partition(":")[2] if self.telegram_token else ""
        password = urlsplit(self.store_url).password or ""
        return [secret for secret in (*whole, token, password, unquote(password)) if secret]

    def without_real_chats(self) -> "Settings":
        """For a trial: only what is told to speak to a server of one's own stays open."""
        shut: dict[str, str | bool | None] = {"mail_host": None, "robots": "", "notify": "", "webhooks": False}
        if not self.telegram_base_url:
            shut["telegram_token"] = None
        for name, secret in PAIRS:
            if getattr(self, f"{name.partition('_')[0]}_url") is None:
                shut |= {name: None, secret: None}
        return self.model_copy(update=shut)

    @property
    def undo_window(self) -> timedelta:
        return timedelta(minutes=self.undo_minutes)

    @property
    def store_url(self) -> str:
        """The database's address: as set, or a SQLite file in the data folder."""
        return self.database_url.get_secret_value() if self.database_url else self.sqlite("ruqi.db")

    @property
    def log_folder(self) -> Path:
        return self.data_dir / "logs"

    def sqlite(self, name: str) -> str:
        return f"sqlite:///{self.data_dir / name}"

    def address(self, port: int | None = None) -> str:
        """Where people reach the pages: as set, or worked out from host and port (`port`: the one really taken)."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 - recognised, not opened
        return self.base_url or f"http://{host}:{port or self.port}"


class BadSettings(RuqiError):
    """A setting cannot be used. `problems` holds (key, reason, what is known about it) for the catalogue."""

    key = "settings"

    def __init__(self, problems: list["Problem"]) -> None:
        self.problems = problems
        self.values: dict[str, object] = {}
        super().__init__("; ".join(f"{key}: {reason} {detail}".strip() for key, reason, detail in problems))


Problem = tuple[str, str, str]


def read_settings() -> Settings:
    """Read everything once, at the start. Raises BadSettings with every problem at once."""
    problems = list(_unknown_keys())
    try:
        settings = Settings(_env_file=ENV_FILE)
    except ValidationError as error:
        problems += [_problem(found) for found in error.errors(include_input=False)]
    else:
        problems += _contradictions(settings)
        if not problems:
            return settings
    raise BadSettings(problems)


def keys() -> list[str]:
    """Every setting's name as it is written in the environment."""
    return [PREFIX + name.upper() for name in Settings.model_fields]


def _unknown_keys() -> Iterator[Problem]:
    known = keys()
    for key in sorted(given()):
        if key.startswith(PREFIX) and key not in known:
            yield key, "unknown", next(iter(get_close_matches(key, known, n=1)), "")


def _problem(found: Mapping[str, Any]) -> Problem:
    """One of pydantic's findings as one of ours; never the value itself, which may be a secret."""
    name = str(found["loc"][0])
    reason = _REASONS.get(found["type"], "wrong")
    detail = _range(name) if reason == "number" else str(found.get("ctx", {}).get("expected", "")).replace("'", "")
    return PREFIX + name.upper(), reason, detail


def _range(name: str) -> str:
    limits = Settings.model_fields[name].metadata
    return "–".join(str(getattr(limit, side)) for limit in limits for side in ("ge", "le") if hasattr(limit, side))


def _contradictions(settings: Settings) -> Iterator[Problem]:
    """What is wrong although each setting by itself is right."""
    yield from _half(settings)
    for name in ("workdays_file", "ladder_file"):
        path: Path | None = getattr(settings, name)
        if path and not path.is_file():
            yield PREFIX + name.upper(), "no_file", str(path)
    if settings.mail_host and "@" not in settings.mail_from:
        yield "RUQI_MAIL_FROM", "mail_from", ""
    if not settings.office_opens <= settings.office_sends < settings.office_closes:
        yield "RUQI_OFFICE_SENDS", "hours", f"{settings.office_opens:%H:%M}–{settings.office_closes:%H:%M}"


def _half(settings: Settings) -> Iterator[Problem]:
    """What is set without what it needs."""
    for name, needed in NEEDS:
        if getattr(settings, name) and not getattr(settings, needed):
            yield PREFIX + name.upper(), "needs", PREFIX + needed.upper()
    for name, secret in PAIRS:
        if (getattr(settings, name) is None) != (getattr(settings, secret) is None):
            yield PREFIX + name.upper(), "pair", PREFIX + secret.upper()


NEEDS = (("telegram_webhook", "base_url"), ("webhooks", "webhook_hosts"))
"""What is of no use without the other."""
PAIRS = (
    ("wecom_bot_id", "wecom_secret"),
    ("dingtalk_client_id", "dingtalk_client_secret"),
    ("feishu_app_id", "feishu_app_secret"),
)
"""A chat's name and its secret: only together do they open it."""
_REASONS = {
    "literal_error": "choice",
    "words": "choice",
    "bool_parsing": "switch",
    "int_parsing": "number",
    "greater_than_equal": "number",
    "less_than_equal": "number",
    "time_parsing": "time",
    "zone": "zone",
    "address": "address",
    "places": "places",
}
