"""A web service that does as it is told: what it was asked is kept, what it answers is set, and it can break off."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

Fault = Literal["", "reset before", "reset after", "silence"]


@dataclass(slots=True)
class Answer:
    """`body`: what to say, as JSON unless it is a text. `fault`: break off before reading, after it, or say nothing."""

    body: Any = field(default_factory=lambda: {"errcode": 0, "code": 0})
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    fault: Fault = ""


@dataclass(frozen=True, slots=True)
class Asked:
    path: str
    raw: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> Any:  # noqa: ANN401 - JSON is what it is
        return json.loads(self.raw)


@dataclass(slots=True)
class FakeHttp:
    """`answers` are given in turn, then `usual` for ever."""

    answers: list[Answer] = field(default_factory=list)
    usual: Answer = field(default_factory=Answer)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            answer = self.answers.pop(0) if self.answers else self.usual
            if answer.fault == "reset before":
                writer.transport.abort()
                return
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next(
                (int(line[15:]) for line in head.split("\r\n") if line.lower().startswith("content-length")), 0
            )
            lines = (line.partition(": ") for line in head.split("\r\n")[1:] if line)
            headers = {name.lower(): value for name, _, value in lines}
            self.asked.append(Asked(head.split(" ")[1], await reader.readexactly(length), headers))
            if answer.fault == "reset after":
                writer.transport.abort()
            elif answer.fault == "silence":
                await reader.read()
            else:
                writer.write(_bytes(answer))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


def _bytes(answer: Answer) -> bytes:
    text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
    data = text.encode()
    more = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    head = f"HTTP/1.1 {answer.status} X\r\ncontent-length: {len(data)}\r\nconnection: close\r\n{more}\r\n"
    return head.encode() + data


@asynccontextmanager
async def fake_http() -> AsyncIterator[FakeHttp]:
    fake = FakeHttp()
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    fake.port = server.sockets[0].getsockname()[1]
    async with server:
        yield fake
