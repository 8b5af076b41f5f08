"""What Prometheus reads from /metrics, and that the dashboard and the alerts ask for nothing else."""

import json
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from schedules.retry import Again, Refused, Sent, Unknown
from tests.web.exposed import asked, families
from tests.web.test_health import Audited, report
from tests.web.world import World
from usecases.tally import Tally
from web.app import create_app
from web.exposition import counted

DEPLOY = Path(__file__).parents[2] / "deploy"
SAMPLE = re.compile(r'[a-z_]+(\{([a-z]+="[^"\n]*",?)+\})? -?[0-9.e+]+|[a-z_]+\{[^}]*le="\+Inf"\} \d+')


@pytest.fixture
def told(world: World) -> str:
    """/metrics of a program that did a bit of everything."""
    tally = world.office.tally
    tally.sent("telegram", Sent(), timedelta(seconds=3))
    tally.sent("telegram", Again(), timedelta())
    tally.fetched("fresh")
    app = create_app(
        world.office,
        world.clock,
        converse=world.converse,
        wake=world.beat,
        audit=Audited(report()),
        pulse=lambda: world.clock.now() - timedelta(seconds=7),
    )
    world.app = app
    return str(world.browser().get("/metrics").text)


def test_every_line_is_one_prometheus_reads(told: str) -> None:
    lines = told.splitlines()
    kinds = families(told)
    assert len(kinds) >= 12
    assert sum(line.startswith("# HELP ") for line in lines) == len(kinds)
    for line in lines:
        assert line.startswith("# ") or SAMPLE.fullmatch(line), line
    samples = [line.rpartition(" ")[0] for line in lines if not line.startswith("#")]
    assert [name for name, count in Counter(samples).items() if count > 1] == []
    assert 'ruqi_sends_total{channel="telegram",outcome="sent"} 1' in lines
    assert "ruqi_beat_age_seconds 7" in lines
    assert told.isascii()


def test_the_dashboard_asks_only_for_what_there_is(told: str) -> None:
    board = json.loads((DEPLOY / "grafana-dashboard.json").read_text(encoding="utf-8"))
    expressions = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    wanted = set[str]().union(*map(asked, expressions))
    assert all(asked(expression) for expression in expressions)
    assert wanted <= families(told).keys()
    assert {panel["id"] for panel in board["panels"]} == set(range(1, len(board["panels"]) + 1))
    assert wanted | {"ruqi_audit_timestamp_seconds"} == families(told).keys(), "a metric nobody looks at"


def test_the_alerts_ask_only_for_what_there_is_and_are_in_the_handbook(told: str) -> None:
    (group,) = yaml.safe_load((DEPLOY / "prometheus-rules.yaml").read_text(encoding="utf-8"))["groups"]
    book = [(DEPLOY.parent / "docs" / name).read_text(encoding="utf-8") for name in HANDBOOK]
    for rule in group["rules"]:
        assert asked(rule["expr"]) <= families(told).keys(), rule["alert"]
        assert asked(rule["expr"]) or rule["alert"] == "RuqiDown"
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert all(rule["alert"] in page for page in book), f"{rule['alert']} is not in docs/operations"


HANDBOOK = ("operations.md", "operations.zh-CN.md")


def test_lateness_is_a_histogram() -> None:
    tally = Tally()
    for seconds in (0, 1, 1.5, 40, 100_000, -5):
        tally.sent("mail", Sent(), timedelta(seconds=seconds))
    tally.sent("mail", Unknown("x"), timedelta(seconds=9))
    tally.sent("mail", Refused("x"), timedelta(seconds=9))
    lines = list(counted(tally))
    assert 'ruqi_send_lateness_seconds_bucket{channel="mail",le="1"} 3' in lines
    assert 'ruqi_send_lateness_seconds_bucket{channel="mail",le="5"} 4' in lines
    assert 'ruqi_send_lateness_seconds_bucket{channel="mail",le="60"} 5' in lines
    assert 'ruqi_send_lateness_seconds_bucket{channel="mail",le="+Inf"} 6' in lines
    assert 'ruqi_send_lateness_seconds_count{channel="mail"} 6' in lines
    assert 'ruqi_sends_total{channel="mail",outcome="refused"} 1' in lines
    assert 'ruqi_sends_total{channel="mail",outcome="unknown"} 1' in lines
