"""Signing in by a link: looking spends nothing, the button spends it once, and the cookie is kept from scripts."""

from datetime import timedelta

import pytest

from storage import people
from tests.web.conftest import MakeWorld
from tests.web.world import World

UNKNOWN = "/in/" + "x" * 43


def test_looking_shows_who_would_sign_in_and_spends_nothing(world: World) -> None:
    browser, link = world.browser(), world.link(world.officer("综合执法局"))
    before = world.dump()
    for _ in range(3):
        assert browser.get(link).status_code == 200
    assert "梁浩然" in browser.text
    assert "综合执法局" in browser.text
    assert world.dump() == before
    assert browser.send(browser.form(link)).status_code == 303


def test_the_button_opens_the_own_first_page(world: World) -> None:
    for unit, role, page in (("综合执法局", "officer", "/inbox"), ("司法局", "bureau", "/ledger")):
        browser = world.signed_in(world.officer(unit, role))
        assert browser.get("/").headers["location"] == page
        assert browser.get(page).status_code == 200


def test_a_link_works_once(world: World) -> None:
    link = world.link(world.officer("综合执法局"))
    first, second = world.browser(), world.browser()
    first.get(link)
    second.get(link)
    assert first.send(first.form(link)).status_code == 303
    assert second.send(second.form(link)).status_code == 404
    assert second.get(link).status_code == 404


def test_unknown_spent_and_expired_links_look_like_any_missing_page(world: World) -> None:
    browser, link = world.browser(), world.link(world.officer("综合执法局"))
    assert browser.get(link).status_code == 200
    world.clock.advance(timedelta(minutes=15))
    pages = [browser.get(path) for path in (link, UNKNOWN, "/nowhere", "/parts/" + "0" * 36)]
    assert [page.status_code for page in pages] == [404, 404, 404, 401]
    assert pages[0].text == pages[1].text == pages[2].text


def test_the_form_works_only_in_the_browser_that_was_shown_it(world: World) -> None:
    """Nobody can be signed in as somebody else by a form on another page."""
    shown, other = world.browser(), world.browser()
    link = world.link(world.officer("综合执法局"))
    shown.get(link)
    assert other.send(shown.form(link)).status_code == 403
    assert shown.send(shown.form(link), **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert shown.send(shown.form(link)).status_code == 303


@pytest.mark.parametrize(("base", "name"), [("http://127.0.0.1:8080", "ruqi"), ("https://ruqi.example", "__Host-ruqi")])
def test_the_session_cookie_is_kept_from_scripts_and_other_sites(make_world: MakeWorld, base: str, name: str) -> None:
    world = make_world(base_url=base)
    browser, link = world.browser(), world.link(world.officer("综合执法局"))
    browser.get(link)
    cookies = browser.send(browser.form(link)).headers.get_list("set-cookie")
    (session,) = [cookie.lower() for cookie in cookies if cookie.startswith(f"{name}=")]
    flags = {flag.strip() for flag in session.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= flags
    assert ("secure" in flags) is base.startswith("https")
    assert not any(flag.startswith("domain") for flag in flags)
    assert browser.get("/inbox").status_code == 200


def test_signing_out_ends_the_session_itself_not_only_the_cookie(world: World) -> None:
    browser = world.signed_in(world.officer("综合执法局"))
    browser.get("/inbox")
    kept = dict(browser.client.cookies)
    assert browser.send(browser.form("/out")).status_code == 303
    thief = world.browser()
    thief.client.cookies.update(kept)
    assert thief.get("/inbox").status_code == 401


def test_who_leaves_the_office_is_signed_out_at_once(world: World) -> None:
    officer = world.officer("综合执法局")
    browser = world.signed_in(officer)
    with world.store.write() as tx:
        people.change_officer(tx, officer.id, active=False)
    assert browser.get("/inbox").status_code == 401


def test_guessing_is_slowed_down_for_the_guesser(world: World) -> None:
    browser = world.browser()
    answers = [browser.get(f"/in/{number:043}").status_code for number in range(22)]
    assert answers == [404] * 20 + [429] * 2
    link = world.link(world.officer("综合执法局"))
    assert browser.get(link).status_code == 429, "the right link does not tell either"


def test_guests_are_told_how_to_sign_in_in_their_language(world: World) -> None:
    browser = world.browser()
    assert browser.get("/").status_code == 200
    assert 'lang="zh-CN"' in browser.text
    browser.get("/?lang=en")
    assert 'lang="en"' in browser.text
    assert "How to sign in" in browser.text


def test_an_officer_chooses_the_language_for_every_door(world: World) -> None:
    officer = world.officer("综合执法局")
    browser = world.signed_in(officer)
    browser.get("/inbox")
    browser.follow(browser.form("/language"))
    assert 'lang="en"' in browser.text
    assert world.officer("综合执法局").language == "en"
