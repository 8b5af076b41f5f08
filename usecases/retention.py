"""How long the words of chats are kept: once a day those that are older than the office says give way to a mark.

Off unless the office says a number of days: answers, evidence and the timeline are records and are never thinned out.
"""

import logging
from datetime import datetime, timedelta

from storage import meta, retention
from usecases.office import Office

log = logging.getLogger(__name__)

LAST = "talk_forgotten_on"
AT_ONCE = 500
"""Rows in one transaction, so that nobody waits for it."""


def forget_talk(office: Office, now: datetime) -> int:
    """Forget what has been kept long enough; gives how many messages. Nothing before tomorrow once it is done."""
    if office.talk_days is None:
        return 0
    with office.read(now) as desk:
        today = desk.today.isoformat()
        if meta.get(desk.tx, LAST) == today:
            return 0
    forgotten, until = 0, now - timedelta(days=office.talk_days)
    while found := _some(office, now, until):
        forgotten += found
    with office.write(now) as desk:
        meta.put(desk.tx, LAST, today)
    if forgotten:
        log.info("forgot the words of %s messages older than %s days", forgotten, office.talk_days)
    return forgotten


def _some(office: Office, now: datetime, until: datetime) -> int:
    with office.read(now) as desk:
        heard, told = retention.heard_before(desk.tx, until, AT_ONCE), retention.told_before(desk.tx, until, AT_ONCE)
    if heard or told:
        with office.write(now) as desk:
            retention.forget_heard(desk.tx, heard)
            retention.forget_told(desk.tx, told)
    return len(heard) + len(told)
