"""The database server's clock, and what others' clocks wrote into the database."""

from datetime import datetime

from sqlalchemy import func, select

from storage.engine import Tx
from storage.tables import SENDING, delivery


def server_now(tx: Tx) -> datetime:
    """The server's time of day at this moment, whenever the transaction began. PostgreSQL only.

    Source: postgresql.org/docs/current, 9.9.5 "Current Date/Time".
    """
    found: datetime = tx.execute(select(func.clock_timestamp())).scalar_one()
    return found


def furthest_lease(tx: Tx) -> datetime | None:
    """The last moment to which any node has claimed a message, by that node's clock."""
    return tx.execute(select(func.max(delivery.c.lease_until)).where(SENDING)).scalar()
