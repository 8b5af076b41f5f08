"""Secrets are known by their digest: whoever reads the whole database finds nothing to use."""

import secrets

import pytest
from sqlalchemy import select

from storage import tokens
from storage.engine import Store
from storage.tables import metadata
from tests.storage.seeds import NOW, Seeds, minutes

KINDS = ["invite", "link", "session", "feed"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_column_holds_the_secret(store: Store, seeds: Seeds, kind: str) -> None:
    secret = secrets.token_urlsafe(32)
    with store.write() as tx:
        tokens.add(tx, secret, kind=kind, officer_id=seeds.officer, created_at=NOW)
        cells = [str(cell) for table in metadata.sorted_tables for row in tx.execute(select(table)) for cell in row]
        found = tokens.find(tx, kind, secret)
    assert not [cell for cell in cells if secret in cell]
    assert found is not None
    assert found.digest == tokens.digest(secret)


def test_a_secret_is_good_for_its_own_kind_only(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        tokens.add(tx, "s", kind="feed", officer_id=seeds.officer, created_at=NOW)
        assert [kind for kind in KINDS if tokens.find(tx, kind, "s")] == ["feed"]
        assert tokens.find(tx, "feed", "S") is None


def test_revoked_ones_are_no_longer_live(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        first = tokens.add(tx, "1", kind="feed", officer_id=seeds.officer, created_at=NOW)
        second = tokens.add(tx, "2", kind="feed", officer_id=seeds.officer, created_at=NOW, options={"todo": True})
        tokens.add(tx, "3", kind="feed", created_at=NOW)
        assert tokens.count_live(tx, "feed", seeds.officer) == 2
        tokens.change(tx, first, revoked_at=minutes(1))
        assert [(row.id, row.options) for row in tokens.live(tx, "feed", seeds.officer)] == [(second, {"todo": True})]
        assert tokens.count_live(tx, "feed", seeds.officer) == 1
        assert len(tokens.live(tx, "feed")) == 2
        held = tokens.by_id(tx, first)
        assert held is not None
        assert held.revoked_at == minutes(1)
