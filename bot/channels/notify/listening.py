"""Listening in on the library: what a service answered, which the library itself only looks at by its HTTP status.

apprise 2.3's plugins call `requests.post` by the name of their module; that name is given a stand-in that passes every
call on and keeps the last answer of the thread. WeCom, DingTalk and Feishu never come this way: they have channels of
their own.
"""

import importlib
import threading
from types import ModuleType
from typing import Any

from schedules.retry import Again, Outcome, Refused, Sent, Unknown

TOO_MANY = 429
UNAVAILABLE = 503
ERRORS = 500
OK = 200
GOOD_CODES = {"schan": (0,), "bark": (200,), "barks": (200,), "pushplus": (200,), "wxpusher": (1000,), "pushdeer": (0,)}
"""What these services call success in the field `code` of a 200; of others nothing is known."""
FIELD = "code"
WORDS = ("message", "msg", "error")
LONGEST_WORDS = 120
heard = threading.local()


class Listener(ModuleType):
    """`requests` as a plugin sees it."""

    def __init__(self, real: ModuleType) -> None:
        super().__init__(real.__name__)
        self._real = real

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the library has
        return getattr(self._real, name)

    def post(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - requests' own signature
        return self._keep("post", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - requests' own signature
        return self._keep("get", *args, **kwargs)

    def request(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - requests' own signature
        return self._keep("request", *args, **kwargs)

    def _keep(self, call: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as above
        try:
            heard.answer = getattr(self._real, call)(*args, **kwargs)
        except Exception as error:
            heard.error = error
            raise
        return heard.answer


def listen_in(plugin: object) -> None:
    """From now on keep what this plugin's service answers in this thread."""
    module = importlib.import_module(type(plugin).__module__)
    real = getattr(module, "requests", None)
    if isinstance(real, ModuleType) and not isinstance(real, Listener):
        module.requests = Listener(real)  # type: ignore[attr-defined]  # the name the plugin calls
    heard.answer, heard.error = None, None


def verdict(service: str, *, sent: bool) -> Outcome:
    """What came of it: the library's word, corrected by what the service answered."""
    answer, error = heard.answer, heard.error
    if answer is None:
        return Sent() if sent else _unheard(error)
    status = int(answer.status_code)
    if status == TOO_MANY:
        return Again(after=60.0, reason=f"HTTP {status}")
    if status >= ERRORS:
        return Again(reason=f"HTTP {status}") if status == UNAVAILABLE else Unknown(f"HTTP {status}")
    if not sent:
        return Refused(f"HTTP {status}", gone=status in {401, 403, 404, 410})
    return _body(service, answer)


def _unheard(error: Exception | None) -> Outcome:
    if error is None:
        return Again(reason="the service did not take it")
    refused = "Connect" in type(error).__name__ and "refused" in str(error).lower()
    return Again(reason="nobody listens") if refused else Unknown(type(error).__name__)


def _body(service: str, answer: Any) -> Outcome:  # noqa: ANN401 - requests' own
    good = GOOD_CODES.get(service)
    if good is None:
        return Sent()
    try:
        body = answer.json()
    except ValueError:
        return Unknown("an answer that is no JSON")
    code = body.get(FIELD) if isinstance(body, dict) else None
    if code in good:
        return Sent()
    if not isinstance(code, int):
        return Unknown("an answer without a verdict")
    words = next((str(body[name]) for name in WORDS if body.get(name)), "")
    return Refused(f"{code} {words}"[:LONGEST_WORDS].strip())
