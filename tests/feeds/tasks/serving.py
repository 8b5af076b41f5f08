"""The whole program's pages, feeds and task list on a real port, for programs of strangers to talk to."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx2

from feeds.door import Door
from feeds.tasks.mount import routes
from ruqi.listening import Pages, event_loop, listen
from ruqi.serve import converse
from storage import deliveries
from tests.feeds.house import OFFICER, START, House
from usecases.office import Office
from usecases.task_list import give_password, user_name
from web.app import create_app
from web.limits import Misses
from web.site import Clock


@dataclass
class Served:
    house: House
    port: int
    misses: Misses = field(default_factory=Misses)
    to_close: list[Callable[[], object]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def user(self, name: str = OFFICER) -> tuple[str, str]:
        """A person's user name, and a new password."""
        officer = self.house.officer(name)
        return user_name(officer), self.house.do(lambda desk: give_password(desk, officer))

    def http(self, method: str, path: str, auth: tuple[str, str] | None = None, **more: str) -> httpx2.Response:
        body, headers = more.pop("body", ""), {name.replace("_", "-"): value for name, value in more.items()}
        with httpx2.Client(base_url=self.url, auth=auth, follow_redirects=False, timeout=60) as client:
            return client.request(method, path, content=body, headers=headers)

    def card(self, part_id: int, address: str = "4711") -> str:
        """A message in a chat that shows this part; gives its address."""
        officer = self.house.officer()
        said = {"officer_id": officer.id, "channel": "telegram", "address": address, "kind": "digest", "body": {}}
        stood = {"state": "sent", "sent_at": START, "message_ref": "77", "at": START, "created_at": START}
        self.house.do(lambda desk: deliveries.add(desk.tx, [(part_id, None)], **said, **stood))
        return address


@contextmanager
def served(house: House) -> Iterator[Served]:
    misses = Misses()
    with on_a_port(house.office, house.clock, misses) as port:
        place = Served(house, port, misses)
        try:
            yield place
        finally:
            for close in place.to_close:
                close()


@contextmanager
def on_a_port(office: Office, clock: Clock, misses: Misses) -> Iterator[int]:
    """Pages, feeds and task list of that office, in a thread of their own; gives the port."""
    with listen("127.0.0.1", 0) as sock:
        extra = routes(office, clock, misses)
        app = create_app(office, clock, converse=converse, wake=lambda: None, extra_routes=extra)
        server = Pages(Door(office, clock, app), app.state.live.end)

        def run() -> None:
            with asyncio.Runner(loop_factory=event_loop) as runner:
                runner.run(server.serve(sockets=[sock]))

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.01)
        try:
            yield sock.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
