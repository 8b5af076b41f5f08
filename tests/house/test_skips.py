"""In CI a skip needs an entry with its reason; elsewhere it is only shown."""

from pathlib import Path

import pytest

from tests.skips import AllowedSkip, read_allowed

SKIPPING = """
    import pytest
    def test_listed():
        pytest.skip("no moon")
    def test_unlisted():
        pytest.skip("not today")
    @pytest.mark.xfail
    def test_expected():
        assert False
"""
CONFTEST = """
    from tests.conftest import ALLOWED, pytest_runtest_makereport
    from tests.skips import AllowedSkip
    def pytest_configure(config):
        config.stash[ALLOWED] = [AllowedSkip("*", "*no moon*", "no moon in CI")]
"""


@pytest.mark.parametrize(("in_ci", "outcome"), [(True, {"failed": 1, "skipped": 1}), (False, {"skipped": 2})])
def test_unlisted_skip_fails_in_ci(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, in_ci: bool, outcome: dict[str, int]
) -> None:
    monkeypatch.setattr("tests.conftest.IN_CI", in_ci)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function")
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(SKIPPING)
    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(xfailed=1, **outcome)


def test_skip_is_matched_by_test_and_by_words() -> None:
    skip = AllowedSkip("tests/web/*", "*chromium*", "reason")
    assert skip.covers("tests/web/test_page.py::test_it", "Skipped: chromium is not installed")
    assert not skip.covers("tests/feeds/test_page.py::test_it", "Skipped: chromium is not installed")
    assert not skip.covers("tests/web/test_page.py::test_it", "Skipped: too slow")


def test_entry_without_a_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "skips.toml"
    path.write_text('[[skip]]\ntest = "*"\nsays = "*"\nreason = " "\n', encoding="utf-8")
    with pytest.raises(ValueError, match="needs a reason"):
        read_allowed(path)
