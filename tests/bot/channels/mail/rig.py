"""A mail server of strangers (aiosmtpd), told what to refuse, and one of our own that breaks off where it is told."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from pathlib import Path
from typing import Any, Literal, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "ruqi@example.org", "canary-password"


@dataclass  # without slots: aiosmtpd looks at every member, and early Python 3.11 fails at a slotted one
class Office:
    """What the server was handed, and what it says to each step; empty: yes."""

    taken: list[Envelope] = field(default_factory=list)
    to_rcpt: str = ""
    to_data: str = ""
    to_mail: str = ""

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=default) for raw in self.raw]

    @property
    def raw(self) -> list[bytes]:
        return [cast("bytes", held.content) for held in self.taken]

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.to_mail or "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_rcpt:
            return self.to_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.to_data:
            return self.to_data
        self.taken.append(envelope)
        return "250 OK"


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    good = isinstance(data, LoginPassword) and data.login == USER.encode() and data.password == PASSWORD.encode()
    return AuthResult(success=good, handled=False)


@asynccontextmanager
async def mail_server(
    office: Office,
    *,
    ssl_context: ssl.SSLContext | None = None,
    **extra: Any,  # noqa: ANN401 - aiosmtpd's own
) -> AsyncIterator[int]:
    """Gives the port; `extra` is aiosmtpd's."""
    make = partial(SMTP, office, hostname="here", **extra)
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0, ssl=ssl_context)
    async with server:
        yield server.sockets[0].getsockname()[1]


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(the server's context, a client's that trusts it), for 127.0.0.1."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    named = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run([*made, "-keyout", key, "-out", cert, "-days", "2", *named], check=True, capture_output=True)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(cert, key)
    return server, ssl.create_default_context(cafile=str(cert))


Step = Literal["greeting", "EHLO", "MAIL", "RCPT", "DATA", "letter"]


@asynccontextmanager
async def breaking(at: Step) -> AsyncIterator[int]:
    """A server that breaks the line off at one step; gives the port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if at == "greeting":
            writer.transport.abort()
            return
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            verb = line[:4].decode().strip().upper()
            if verb == at:
                writer.transport.abort()
                return
            if verb == "DATA":
                writer.write(b"354 go\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                writer.transport.abort()
                return
            writer.write(b"250 ok\r\n")

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
