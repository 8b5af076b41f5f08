"""Alive, ready, and a few counts; no names."""

from tests.web.world import World


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
