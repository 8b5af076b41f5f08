"""Handing a letter to the mail server, step by step, so that what surely was not taken is told from what may have been.

Source: RFC 5321 (4yz: try again, 5yz: never) and RFC 3463 (the enhanced codes that say why).
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Literal

from schedules.retry import Again, Outcome, Refused, Sent, Unknown

TIMEOUT = 12.0
"""Seconds for each step."""
GO_AHEAD = 354
BROKEN = 300.0
"""Seconds to leave a server alone that does not let us in: no letter would get through."""
NOBODY = re.compile(r"\b5\.(?:1\.(?:1|2|3|6|10)|2\.1|7\.13)\b")
"""No such mailbox or domain, moved away, or switched off."""
NOBODY_WORDS = re.compile(r"user unknown|unknown user|no such user|not exist|mailbox not found", re.IGNORECASE)
ADDRESSES = re.compile(r"\S+@\S+")
LONGEST_REASON = 160
Security = Literal["starttls", "ssl", "none"]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The server we hand letters to, and who we are there."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = ""
    context: ssl.SSLContext | None = None

    def __repr__(self) -> str:
        return f"Mailbox({self.host}:{self.port})"


class Unsent(Exception):
    """Surely not taken. `outcome` says what to do."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__()


def post(box: Mailbox, to: str, letter: EmailMessage) -> Outcome:
    """Blocking. One connection a letter; never raises."""
    try:
        smtp = _connect(box)
    except Unsent as unsent:
        return unsent.outcome
    try:
        return _hand_over(smtp, box, to, letter)
    finally:
        _leave(smtp)


def greet(box: Mailbox) -> None:
    """Connect and sign in, for the doctor. Raises Unsent with what is the matter."""
    _leave(_connect(box))


def _connect(box: Mailbox) -> smtplib.SMTP:
    context = box.context or ssl.create_default_context()
    us = parseaddr(box.sender)[1].rpartition("@")[2] or "localhost"  # else it would ask for this machine's name, slowly
    try:
        if box.security == "ssl":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(box.host, box.port, us, timeout=TIMEOUT, context=context)
        else:
            smtp = smtplib.SMTP(box.host, box.port, us, timeout=TIMEOUT)
    except (OSError, smtplib.SMTPException) as error:
        raise Unsent(Again(reason=_why(error))) from None
    try:
        smtp.ehlo_or_helo_if_needed()
        if box.security == "starttls":
            smtp.starttls(context=context)
        if box.user:
            smtp.login(box.user, box.password)
    except (OSError, smtplib.SMTPException) as error:
        _leave(smtp)
        raise Unsent(Again(after=BROKEN, reason=_why(error))) from None
    return smtp


def _hand_over(smtp: smtplib.SMTP, box: Mailbox, to: str, letter: EmailMessage) -> Outcome:
    data = letter.as_bytes()
    try:
        for code, words in _envelope(smtp, box, to):
            if code not in {250, 251, GO_AHEAD}:
                return _refusal(code, words)
    except (OSError, smtplib.SMTPException) as error:
        return Again(reason=_why(error))
    try:
        smtp.send(_stuffed(data))
        code, words = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Unknown(f"the line broke after the letter was handed over ({_why(error)})")
    return Sent() if code == 250 else _refusal(code, words)  # noqa: PLR2004 - RFC 5321, 4.2.3


def _envelope(smtp: smtplib.SMTP, box: Mailbox, to: str) -> Iterator[tuple[int, bytes]]:
    yield smtp.mail(parseaddr(box.sender)[1])
    yield smtp.rcpt(to)
    yield smtp.docmd("DATA")


def _refusal(code: int, words: bytes) -> Outcome:
    said = ADDRESSES.sub("…", words.decode(errors="replace").replace("\n", " "))
    reason = f"{code} {said}"[:LONGEST_REASON].strip()
    if code < 500:  # noqa: PLR2004 - RFC 5321, 4.2.1
        return Again(reason=reason)
    return Refused(reason, gone=bool(NOBODY.search(said) or NOBODY_WORDS.search(said)))


def _stuffed(data: bytes) -> bytes:
    """RFC 5321, 4.5.2: a line that begins with a dot gets another, and a dot alone ends it."""
    body = re.sub(rb"(?m)^\.", b"..", data)
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _why(error: Exception) -> str:
    """What is the matter, without words that may hold a name or a password."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    return "TimeoutError" if isinstance(error, socket.timeout) else type(error).__name__


def _leave(smtp: smtplib.SMTP) -> None:
    try:
        smtp.quit()
    except (OSError, smtplib.SMTPException):
        smtp.close()
