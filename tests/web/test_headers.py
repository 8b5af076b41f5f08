"""Every answer carries the same headers, whatever it is, and every form is refused without its token."""

import re
from collections.abc import Mapping

import pytest
from starlette.routing import Route

from tests.web.conftest import MakeWorld
from tests.web.world import World

EVERY = ["/", "/nowhere", "/inbox", "/in/x", "/healthz", "/readyz", "/metrics", "/static/ruqi.css", "/static/../app.py"]


def check(headers: Mapping[str, str]) -> None:
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    for name, value in (
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
    ):
        assert headers[name] == value


@pytest.mark.parametrize("path", EVERY)
def test_headers_of_every_answer(world: World, path: str) -> None:
    answer = world.browser().get(path)
    check(answer.headers)
    if not path.startswith("/static/ruqi"):
        assert "no-store" in answer.headers["cache-control"]


def test_static_files_are_kept_by_their_fingerprint(world: World) -> None:
    browser = world.browser()
    browser.get("/")
    (style,) = re.findall(r'href="(/static/ruqi\.css\?v=[0-9a-f]{12})"', browser.text)
    assert "immutable" in browser.get(style).headers["cache-control"]
    assert "immutable" not in browser.get("/static/ruqi.css").headers["cache-control"]


def test_a_failure_is_a_page_that_gives_nothing_away(world: World) -> None:
    browser = world.signed_in(world.officer("综合执法局"))
    with world.store.write() as tx:
        tx.exec_driver_sql("DROP TABLE delivery_item")
        tx.exec_driver_sql("DROP TABLE reminder")
    answer = browser.get("/inbox")
    assert answer.status_code == 500
    assert "回首页" in answer.text
    assert "reminder" not in answer.text
    assert "Traceback" not in answer.text
    check(answer.headers)


def posts(world: World) -> list[str]:
    routes = [route for route in world.app.routes if isinstance(route, Route) and route.methods == {"POST"}]
    return [re.sub(r"\{\w+(:\w+)?\}", "1", route.path) for route in routes]


def test_every_form_is_refused_without_its_token(make_world: MakeWorld) -> None:
    world = make_world(movable=True)
    browser = world.signed_in(world.officer("司法局", "bureau"))
    browser.get("/inbox")
    other = world.signed_in(world.officer("综合执法局"))
    other.get("/inbox")
    token = browser.form("/inbox/say").fields["token"]
    before, moment = world.dump(), world.clock.now()
    paths = posts(world)
    assert len(paths) >= 13
    for path in paths:
        for sent in ({}, {"token": ""}, {"token": "0" * 64}, {"token": other.form("/inbox/say").fields["token"]}):
            answer = browser.client.post(path, data=sent, headers={"sec-fetch-site": "same-origin"})
            assert answer.status_code == 403, (path, sent)
        for said in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}):
            answer = browser.client.post(path, data={"token": token}, headers=said)
            assert answer.status_code == 403, (path, said)
            check(answer.headers)
    assert world.dump() == before
    assert world.clock.now() == moment


def test_forms_are_small_and_plain(world: World) -> None:
    browser = world.signed_in(world.officer("综合执法局"))
    browser.get("/inbox")
    form = browser.form("/inbox/say")
    post = browser.client.post
    assert post("/inbox/say", data=form.fields | {"words": "x" * 70_000}).status_code == 413
    assert post("/inbox/say", json=form.fields).status_code == 400
    assert (
        post(
            "/inbox/say", content=b"a=" + b"&a=" * 60, headers={"content-type": "application/x-www-form-urlencoded"}
        ).status_code
        == 400
    )
    assert browser.client.get("/inbox/say").status_code == 405
    assert browser.client.get("/inbox/").status_code == 404


def test_links_do_not_follow_a_forged_host(world: World) -> None:
    browser = world.signed_in(world.officer("综合执法局"))
    browser.get("/subscribe")
    made = browser.send(browser.form("/subscribe", scope="unit", alarm="none", todo="no"))
    browser.client.cookies.extract_cookies(made)
    forged = browser.client.get("/subscribe", headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
    assert f"{world.base_url}/feeds/" in forged.text
    assert "evil.example" not in forged.text
