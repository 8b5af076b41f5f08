"""What the doctor looks at among the ways people are reached: the mail server, and ways that stopped working."""

from ruqi.channels import mailbox
from ruqi.settings import Settings
from ruqi.speech import text
from ruqi.wiring import Opened, system_clock
from storage import group_chats, people

NAMED = 5


def ways(opened: Opened) -> tuple[bool, str]:
    """Whose ways, and which units' groups, are dead."""
    with opened.office.read(system_clock().now()) as desk:
        staff = {officer.id: officer.name for officer in people.officers(desk.tx)}
        units = {unit.id: unit.name for unit in people.units(desk.tx)}
        dead = [
            staff[c.officer_id] for c in people.contacts(desk.tx, list(staff), live_only=False) if c.state != "live"
        ]
        groups = group_chats.of_units(desk.tx, units, live_only=False)
        dead += [units[g.unit_id] for g in groups if g.state != "live" and g.reason != "removed"]
    names = " · ".join(list(dict.fromkeys(dead))[:NAMED])
    return not dead, text("doctor.ways_dead" if dead else "doctor.ways", count=len(dead), names=names)


def mail(settings: Settings) -> tuple[bool, str]:
    """Whether the mail server answers and lets us in. No letter is sent."""
    from bot.channels.mail.post import Unsent, greet

    try:
        greet(mailbox(settings))
    except Unsent as unsent:
        why = getattr(unsent.outcome, "reason", "")
        return False, text("doctor.mail_bad", host=settings.mail_host, why=why)
    return True, text("doctor.mail", host=settings.mail_host)
