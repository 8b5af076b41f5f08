"""Secrets by their digest only: invitations, sign-in links, sessions and feed addresses."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from storage.engine import Tx
from storage.rows import Token, many, one
from storage.tables import token
from storage.upsert import insert_row


def digest(secret: str) -> str:
    """SHA-256 in hex. The secrets are 128 or more random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def add(tx: Tx, secret: str, **values: Any) -> int:
    return insert_row(tx, token, {"options": {}, **values, "digest": digest(secret)})


def find(tx: Tx, kind: str, secret: str) -> Token | None:
    query = select(token).where(token.c.digest == digest(secret), token.c.kind == kind)
    return one(Token, tx.execute(query).mappings().first())


def by_id(tx: Tx, token_id: int) -> Token | None:
    return one(Token, tx.execute(select(token).where(token.c.id == token_id)).mappings().first())


def live(tx: Tx, kind: str, officer_id: int | None = None) -> list[Token]:
    query = select(token).where(token.c.kind == kind, token.c.revoked_at.is_(None)).order_by(token.c.id)
    return many(Token, tx.execute(query if officer_id is None else query.where(token.c.officer_id == officer_id)))


def count_live(tx: Tx, kind: str, officer_id: int) -> int:
    query = select(func.count()).select_from(token)
    return int(
        tx.execute(
            query.where(token.c.kind == kind, token.c.officer_id == officer_id, token.c.revoked_at.is_(None))
        ).scalar_one()
    )


def count_since(tx: Tx, kind: str, officer_id: int, since: datetime) -> int:
    """How many were made for this person since then, revoked ones too."""
    query = select(func.count()).select_from(token).where(token.c.kind == kind, token.c.officer_id == officer_id)
    return int(tx.execute(query.where(token.c.created_at > since)).scalar_one())


def use_once(tx: Tx, token_id: int, now: datetime) -> bool:
    """Spend a single-use token; false when somebody else spent it first. The row count is the verdict."""
    query = update(token).where(token.c.id == token_id, token.c.used_at.is_(None)).values(used_at=now)
    return bool(tx.execute(query).rowcount)


def change(tx: Tx, token_id: int, **values: Any) -> None:
    tx.execute(update(token).where(token.c.id == token_id).values(**values))
