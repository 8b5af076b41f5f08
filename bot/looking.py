"""Looking things up: lists, one part, why a reminder came; and help, the calendar, a link into the pages."""

from urllib.parse import urlsplit

from bot.intents import Calendar, Help, Language, Look, Show, SignIn, Why
from bot.subjects import by_codes, in_reply
from bot.turn import Reply, Turn, line, say
from texts import lists
from texts import reasons as why_text
from texts.reader import Reader
from texts.values import Message, PartView
from usecases import enroll, feed, look, reasons, sign_in
from usecases.page_part import part_page
from usecases.standing import standing


def show(turn: Turn, meant: Show) -> Reply:
    """One of the lists; an empty one says what comes next."""
    if meant.shelf == "to_verify":
        return to_verify(turn, meant.page)
    reads = {"today": look.today, "week": look.week, "overdue": look.overdue, "list": look.open_parts}
    parts = reads[meant.shelf](turn.desk, turn.officer)
    ongoing = len(standing(turn.desk, turn.officer)) if meant.shelf == "list" else 0
    if not parts:
        nearest = next(iter(look.open_parts(turn.desk, turn.officer)), None)
        return Reply((lists.empty(turn.reader, meant.shelf, nearest=nearest, standing=ongoing),))
    message = lists.listing(turn.reader, meant.shelf, parts, page=meant.page, standing=ongoing)
    return say(message, *lists.page_of(parts, meant.page))


def to_verify(turn: Turn, page: int = 1) -> Reply:
    """Reports that wait for the bureau, of the units that the speaker's role reaches."""
    parts = look.to_verify(turn.desk, turn.officer)
    return say(lists.waiting(turn.reader, parts, page=page), *lists.page_of(parts, page))


def look_at(turn: Turn, meant: Look) -> Reply:
    part = look.by_code(turn.desk, turn.officer, meant.code)
    return say(lists.part_card(turn.reader, part), part)


def why(turn: Turn, meant: Why) -> Reply:
    """Of the code, or of what the message replied to shows; one question where that is several."""
    parts = by_codes(turn, [meant.code])[0] if meant.code is not None else in_reply(turn)
    if meant.code is not None and not parts:
        look.by_code(turn.desk, turn.officer, meant.code)
    if len(parts) != 1:
        return line(turn, "ask.why_which")
    return explain(turn, parts[0])


def explain(turn: Turn, part: PartView) -> Reply:
    page = part_page(turn.desk, turn.officer, part.uid)
    told = reasons.told(turn.desk, turn.officer, page)
    message = why_text.why(turn.reader, part, told=told, coming=reasons.steps(turn.desk, page.coming))
    return say(message, part)


HELP = {"head": "help.head", "bureau": "help.bureau"}


def help_(turn: Turn, _: Help) -> Reply:
    """One screen for each role."""
    minutes = int(turn.desk.office.undo_window.total_seconds() // 60)
    key = HELP.get(turn.officer.role, "help.officer")
    return Reply((Message(tuple(turn.reader.say(key, minutes=minutes).splitlines())),))


def calendar(turn: Turn, _: Calendar) -> Reply:
    """A calendar address of one's own, said once: only its digest is kept."""
    if turn.incoming.channel == "web":
        return line(turn, "calendar.on_page")
    secret = feed.create_feed(turn.desk, turn.officer, "person")
    https = f"{turn.desk.office.base_url}/feeds/{secret}.ics"
    webcal = urlsplit(https)._replace(scheme="webcal").geturl()
    say_ = turn.reader.say
    lines = (
        say_("calendar.headline"),
        say_("calendar.plain", https=https),
        say_("calendar.app", webcal=webcal),
        say_("calendar.private"),
        say_("calendar.lag"),
    )
    return Reply((Message(lines),))


def link(turn: Turn, _: SignIn) -> Reply:
    """A one-time link into the web pages."""
    secret = sign_in.issue_link(turn.desk, turn.officer)
    say_, life = turn.reader.say, turn.desk.office.link_life
    if life.days:
        once = say_("sign_in.once_days", days=life.days)
    else:
        once = say_("sign_in.once", minutes=int(life.total_seconds() // 60))
    address = f"{turn.desk.office.base_url}/in/{secret}"
    return Reply((Message((say_("sign_in.link", link=address), once)),))


def language(turn: Turn, meant: Language) -> Reply:
    enroll.set_language(turn.desk, turn.officer, meant.language)
    reader = Reader(meant.language, turn.desk.today, turn.desk.office.zone)
    return Reply((Message((reader.say("answer.language"),)),))
