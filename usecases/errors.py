"""What a use case refuses. `key` names the sentence in the catalogue (``error.<key>``), `values` fill it."""

from typing import Any, ClassVar

from schedules.errors import RuqiError


class Refused(RuqiError):
    """This cannot be done."""

    key: ClassVar[str] = "refused"

    def __init__(self, message: str = "", **values: Any) -> None:
        super().__init__(message)
        self.values = values


class NotYours(Refused):
    """This part belongs to another unit; nothing was changed."""

    key = "not_yours"


class NotAllowed(Refused):
    """Your role does not allow this; nothing was changed."""

    key = "not_allowed"


class NoSuchPart(Refused):
    """There is no such part."""

    key = "no_such_part"


class AlreadySettled(Refused):
    """This part has reached an end already."""

    key = "already_settled"


class NothingToUndo(Refused):
    """There is nothing of yours left to undo."""

    key = "nothing_to_undo"


class ReasonMissing(Refused):
    """A reason is compulsory here."""

    key = "reason_missing"


class BadAmount(Refused):
    """The amount must be a number above zero."""

    key = "bad_amount"


class OthersMissing(Refused):
    """The lead reports last: other units' parts are not in yet."""

    key = "others_missing"


class BadDay(Refused):
    """This date cannot be asked for or granted: it is past, or not later than the date that stands."""

    key = "bad_day"


class NothingAsked(Refused):
    """Nobody has asked for more time here."""

    key = "nothing_asked"


class NoSuchUnit(Refused):
    """There is no such unit, or it is the one that has the part already."""

    key = "no_such_unit"


class UnitHasPart(Refused):
    """The other unit has a part in this already."""

    key = "unit_has_part"


class WithOtherUnit(Refused):
    """The part was moved to another unit, which still has it."""

    key = "with_other_unit"


class NotColleague(Refused):
    """Only a colleague of the same unit can take this over."""

    key = "not_colleague"


class BadLeave(Refused):
    """These days cannot be a leave: the last lies before the first, or is over."""

    key = "bad_leave"


class NotAway(Refused):
    """Nobody is on leave here."""

    key = "not_away"


class NothingPaused(Refused):
    """Nothing is paused here."""

    key = "nothing_paused"


class TooLateToSnooze(Refused):
    """That moment has passed already, or lies after the due date."""

    key = "too_late_to_snooze"


class NoSuchOfficer(Refused):
    """Nobody of that name is in the roster."""

    key = "no_such_officer"


class AmbiguousOfficer(Refused):
    """Several people have that name; name the unit too."""

    key = "ambiguous_officer"


class BadInvite(Refused):
    """This code is unknown, used, or out of date; ask the bureau for a new one."""

    key = "bad_invite"


class BadLink(Refused):
    """This link is unknown, used, or out of date; ask for a new one."""

    key = "bad_link"


class TooManyFeeds(Refused):
    """The limit of calendar addresses per person is reached; revoke one first."""

    key = "too_many_feeds"


class FeedsOff(Refused):
    """Calendar feeds are switched off for this office."""

    key = "feeds_off"


class NoSuchFeed(Refused):
    """There is no such calendar address."""

    key = "no_such_feed"


class NoSuchPlan(Refused):
    """There is no such plan."""

    key = "no_such_plan"


class NoSuchEvent(Refused):
    """No duty of this plan waits for that event."""

    key = "no_such_event"


class BadAnnouncement(Refused):
    """An announcement has a text of at most a thousand characters."""

    key = "bad_announcement"


class NobodyToTell(Refused):
    """Nobody is in that audience."""

    key = "nobody_to_tell"


class NoSuchDraft(Refused):
    """This draft was sent or dropped already, is somebody else's, or waited for too long."""

    key = "no_such_announcement"


class TooManyAnnouncements(Refused):
    """The announcements allowed for one day have been sent."""

    key = "too_many_announcements"


class BadDigestTime(Refused):
    """The daily message must leave in office hours."""

    key = "bad_digest_time"


class NothingToHold(Refused):
    """That step is not planned: it has gone out, is held back already, or never was."""

    key = "nothing_to_hold"


class NoSuchWay(Refused):
    """There is no such way to be reached."""

    key = "no_such_way"


class BadWay(Refused):
    """This is no address for that channel, or a service this office does not use."""

    key = "bad_way"


class WayTaken(Refused):
    """Somebody else is reached at this address."""

    key = "way_taken"


class TooManyCodes(Refused):
    """Enough codes were sent for this hour."""

    key = "too_many_codes"


class NoWayAsked(Refused):
    """No code is waited for, or not any more."""

    key = "no_way_asked"


class WrongCode(Refused):
    """Not the code that was sent; after some tries it is void."""

    key = "wrong_code"


class UnknownUnit(Refused):
    """The roster has no unit of that name."""

    key = "unknown_unit"
