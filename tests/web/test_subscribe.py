"""Calendar addresses: shown once, listed without their secret, changed and switched off by their owner only."""

import re
from dataclasses import replace

import pytest

from storage import people
from tests.web.world import Browser, World
from usecases import task_list
from usecases.feed import open_feed

UNIT = "综合执法局"


@pytest.fixture
def browser(world: World) -> Browser:
    browser = world.signed_in(world.officer(UNIT))
    browser.get("/subscribe")
    return browser


def make(browser: Browser, scope: str = "unit") -> str:
    """A new address; gives its secret."""
    browser.follow(browser.form("/subscribe", scope=scope, alarm="day_before", todo="no"))
    return secret_in(browser.text)


def secret_in(html: str) -> str:
    (secret,) = re.findall(r'value="http://127\.0\.0\.1:8080/feeds/([\w-]{43})\.ics"', html)
    return str(secret)


def works(world: World, secret: str) -> bool:
    with world.office.read(world.clock.now()) as desk:
        return open_feed(desk, secret) is not None


def test_a_new_address_comes_as_button_code_and_text(world: World, browser: Browser) -> None:
    secret = make(browser)
    assert f'href="webcal://127.0.0.1:8080/feeds/{secret}.ics"' in browser.text
    assert 'src="data:image/svg+xml' in browser.text
    assert works(world, secret)
    with world.office.read(world.clock.now()) as desk:
        view = open_feed(desk, secret)
    assert view
    assert view.alarms == (1440,)


def test_the_secret_is_shown_in_that_browser_only_and_not_stored(world: World, browser: Browser) -> None:
    secret = make(browser)
    other = world.signed_in(world.officer(UNIT))
    other.get("/subscribe")
    assert secret not in other.text
    assert "已有的订阅" in other.text
    assert secret not in str(world.dump())


def test_the_form_sent_twice_makes_one_address(world: World, browser: Browser) -> None:
    form = browser.form("/subscribe", scope="unit", alarm="none", todo="no")
    browser.follow(form)
    first = secret_in(browser.text)
    browser.follow(form)
    assert secret_in(browser.text) == first
    assert browser.text.count("/revoke") == 1


def test_changing_an_address_ends_the_old_one(world: World, browser: Browser) -> None:
    old = make(browser)
    (path,) = re.findall(r'action="(/subscribe/\d+/rotate)"', browser.text)
    browser.follow(browser.form(path))
    new = secret_in(browser.text)
    assert (works(world, old), works(world, new)) == (False, True)


def test_switching_off_ends_it(world: World, browser: Browser) -> None:
    secret = make(browser)
    (path,) = re.findall(r'action="(/subscribe/\d+/revoke)"', browser.text)
    browser.follow(browser.form(path))
    assert not works(world, secret)
    assert secret not in browser.text


def test_nobody_touches_another_persons_address(world: World, browser: Browser) -> None:
    secret = make(browser)
    (path,) = re.findall(r'action="(/subscribe/\d+/revoke)"', browser.text)
    other = world.signed_in(world.officer("司法局", "bureau"))
    other.get("/subscribe")
    form = other.form("/subscribe")
    for what in (path, path.replace("revoke", "rotate")):
        form.action = what
        assert other.send(form).status_code == 404
    assert works(world, secret)


@pytest.mark.parametrize("scope", ["bureau", "plan:99", "unit:1", "all", "", "plan:x"])
def test_only_what_is_offered_can_be_asked_for(world: World, browser: Browser, scope: str) -> None:
    assert browser.send(browser.form("/subscribe", scope=scope, alarm="none")).status_code == 400


def test_the_limit_is_said_before_and_held_after(world: World, browser: Browser) -> None:
    form = browser.form("/subscribe", scope="unit", alarm="none")
    for number in range(world.office.feed_limit):
        assert browser.send(form).status_code == 303
        form.fields["once"] = f"another-{number:06}"
    refused = browser.send(form)
    assert refused.status_code == 409
    assert "上限" in refused.text
    browser.get("/subscribe")
    assert "每人最多 5 个地址" in browser.text


def password_in(html: str) -> str:
    (password,) = re.findall(r'id="secret" readonly value="([a-z0-9-]{34})"', html)
    return str(password)


def opens(world: World, user: str, password: str) -> bool:
    with world.office.read(world.clock.now()) as desk:
        return task_list.sign_in(desk, user, password) is not None


def test_a_task_list_password_is_shown_once_with_server_and_user(world: World, browser: Browser) -> None:
    browser.follow(browser.form("/subscribe/tasks", alarm="same_day"))
    password, user = password_in(browser.text), task_list.user_name(world.officer(UNIT))
    assert f'value="{user}"' in browser.text
    assert 'value="http://127.0.0.1:8080/caldav/"' in browser.text
    assert opens(world, user, password)
    other = world.signed_in(world.officer(UNIT))
    other.get("/subscribe")
    assert password not in other.text
    assert "更换密码" in other.text
    assert password.replace("-", "") not in str(world.dump())


def test_a_changed_or_stopped_password_ends(world: World, browser: Browser) -> None:
    user = task_list.user_name(world.officer(UNIT))
    browser.follow(browser.form("/subscribe/tasks", alarm="none"))
    first = password_in(browser.text)
    browser.follow(browser.form("/subscribe/tasks", alarm="none"))
    second = password_in(browser.text)
    assert (opens(world, user, first), opens(world, user, second)) == (False, True)
    browser.follow(browser.form("/subscribe/tasks/revoke"))
    assert not opens(world, user, second)
    assert second not in browser.text


def test_who_only_reads_has_no_task_list(world: World) -> None:
    auditor = replace(world.officer("司法局", "bureau"), role="auditor")
    with world.office.write(world.clock.now()) as desk:
        people.change_officer(desk.tx, auditor.id, role="auditor")
    browser = world.signed_in(auditor)
    browser.get("/subscribe")
    assert "/subscribe/tasks" not in browser.text
    form = browser.form("/subscribe", alarm="none")
    form.action = "/subscribe/tasks"
    assert browser.send(form).status_code == 403


def test_every_app_has_its_steps_each_with_a_picture(browser: Browser) -> None:
    for name in ("iPhone、iPad", "Google 日历", "Outlook(电脑版)", "Thunderbird", "企业微信、钉钉、飞书"):
        assert f"<summary>{name}</summary>" in browser.text
    assert browser.text.count('<svg class="drawn"') == browser.text.count('<details name="') * 3
