"""Alive, ready, and a few counts; no names."""

from dataclasses import dataclass

from tests.web.test_state import administrator
from tests.web.world import START, Browser, World
from usecases.audit import Finding, Report
from web.app import create_app


def test_alive_and_ready(world: World) -> None:
    browser = world.browser()
    assert browser.get("/healthz").text == "ok\n"
    assert browser.get("/readyz").status_code == 200


def test_not_ready_without_its_database(world: World) -> None:
    with world.store.write() as tx:
        tx.exec_driver_sql("DROP TABLE delivery_item")
        tx.exec_driver_sql("DROP TABLE delivery")
    browser = world.browser()
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/readyz").status_code == 503


def test_metrics_are_counts_only(world: World) -> None:
    answer = world.browser().get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert any(line.startswith("ruqi_oldest_due_seconds ") for line in samples)
    for line in samples:
        float(line.rpartition(" ")[2])
    assert answer.text.isascii()


@dataclass(frozen=True)
class Audited:
    """An auditor that found what it is told."""

    report: Report
    trouble: str = "audit: 1 findings"
    well: bool = True


def report(*findings: Finding) -> Report:
    return Report(START, findings, {"future": 12, "delivered": 3}, whole=True)


def audited(world: World, audit: Audited) -> Browser:
    world.app = create_app(world.office, world.clock, converse=world.converse, wake=world.beat, audit=audit)
    return world.browser()


def test_a_wrong_row_is_named_and_closes_nothing(world: World) -> None:
    browser = audited(world, Audited(report(Finding("lost", "reminder", 7))))
    ready = browser.get("/readyz")
    assert (ready.status_code, ready.text) == (200, "ready\naudit: 1 findings\n")
    metrics = browser.get("/metrics").text
    assert 'ruqi_audit_findings{check="lost"} 1\n' in metrics
    assert 'ruqi_audit_findings{check="late"} 0\n' in metrics
    assert 'ruqi_reminders{place="future"} 12\n' in metrics
    assert f"ruqi_audit_timestamp_seconds {START.timestamp():.0f}\n" in metrics


def test_an_engine_that_stands_is_not_ready(world: World) -> None:
    stuck = Audited(report(Finding("late", "reminder", 7)), well=False)
    assert audited(world, stuck).get("/readyz").status_code == 503


def test_the_status_page_says_what_to_do(world: World) -> None:
    audit = Audited(report(Finding("lost", "reminder", 7)))
    audited(world, audit)
    page = administrator(world).get("/status").text
    assert "提醒 7：提醒已交出，却不在任何一条消息里。请备份数据库" in page
    assert "未到时间 12" in page
