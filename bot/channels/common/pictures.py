"""The picture of a report, after its words: best effort, because what matters has been said by then.

The service takes a file first and gives a name for it, and the message then names the file.
"""

import logging
from collections.abc import Awaitable, Callable

from bot.channels.common.calls import Lost, Said, Unsent
from usecases.deliver import Outgoing, Picture

log = logging.getLogger(__name__)

NAME = "report.png"
MEDIA = "image/png"


async def picture_after(outgoing: Outgoing, send: Callable[[Picture], Awaitable[object]]) -> None:
    """Send its picture, where there is one; what the service does not take is left out."""
    if outgoing.picture is None:
        return
    try:
        await send(outgoing.picture)
    except (Said, Unsent, Lost) as error:
        why = error.code if isinstance(error, Said) else type(error).__name__
        log.warning("the picture of delivery %s could not be sent: %s", outgoing.delivery_id, why)
