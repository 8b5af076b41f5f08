"""Writing a letter: plain text and the same as simple HTML; the subject is the message's first line."""

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from html import escape

from bot.channels.personal import Invitation, links_in
from texts.unseen import without_unseen
from usecases.deliver import Outgoing, Picture

POLICY = SMTP.clone(cte_type="7bit", max_line_length=200)
"""Everything as ASCII on the wire: no mail server needs to be asked what it understands."""
BREAKS = str.maketrans("\r\n\t", "   ")
LONGEST_SUBJECT = 120
STYLE = "font-family:-apple-system,'PingFang SC','Microsoft YaHei',sans-serif;font-size:16px;line-height:1.6;color:#222"
BUTTON = (
    "display:inline-block;padding:10px 20px;border-radius:6px;background:#1a5fb4;color:#ffffff;text-decoration:none"
)


def write(outgoing: Outgoing, sender: str, invitation: Invitation | None, lines: tuple[str, ...]) -> EmailMessage:
    """The letter for `outgoing`; `lines` are its message's lines with whatever the door had to add."""
    letter = EmailMessage(policy=POLICY)
    letter["From"] = sender
    letter["To"] = outgoing.address
    letter["Subject"] = without_unseen(lines[0].translate(BREAKS)).strip()[:LONGEST_SUBJECT]
    letter["Message-ID"] = message_id(outgoing, sender)
    letter["Auto-Submitted"] = "auto-generated"
    links = links_in(outgoing.message)
    letter.set_content(without_unseen(_plain(lines, links, invitation)), cte="base64")
    letter.add_alternative(without_unseen(_html(lines, links, invitation)), subtype="html", cte="base64")
    if outgoing.picture:
        _attach(letter, outgoing.picture)
    return letter


def message_id(outgoing: Outgoing, sender: str) -> str:
    """The same at every try of one delivery, so that a mail program shows a repeat as one letter."""
    name, _, host = parseaddr(sender)[1].rpartition("@")
    seed = f"{outgoing.delivery_id}|{outgoing.address}|{name}"
    return f"<ruqi.{outgoing.delivery_id}.{hashlib.sha256(seed.encode()).hexdigest()[:16]}@{host or 'localhost'}>"


def _plain(lines: tuple[str, ...], links: list[tuple[str, str]], invitation: Invitation | None) -> str:
    said = [*lines, *(f"{label} {url}" for label, url in links)]
    if invitation:
        said += ["", invitation.label, invitation.url, invitation.note]
    return "\n".join(said) + "\n"


def _html(lines: tuple[str, ...], links: list[tuple[str, str]], invitation: Invitation | None) -> str:
    head, *rest = (escape(line) for line in lines)
    said = [f"<p><strong>{head}</strong></p>", *(f"<p>{line}</p>" for line in rest)]
    said += [f'<p><a href="{escape(url)}">{escape(label)}</a></p>' for label, url in links]
    if invitation:
        said.append(f'<p><a href="{escape(invitation.url)}" style="{BUTTON}">{escape(invitation.label)}</a></p>')
        said.append(f'<p style="color:#666;font-size:14px">{escape(invitation.note)}</p>')
    return f'<!doctype html><html><body style="{STYLE}">{"".join(said)}</body></html>\n'


def _attach(letter: EmailMessage, picture: Picture) -> None:
    letter.add_attachment(picture.png, maintype="image", subtype="png", filename="report.png", disposition="inline")
