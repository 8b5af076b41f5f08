"""A message as a card that changes in place, or, where the app may send no cards, as a plain message."""

import json
import secrets
import time

from bot.channels.common.api import Api, Body
from bot.channels.common.calls import Meaning, Said, meaning
from bot.channels.common.drawing import Drawn, draw
from bot.channels.common.pictures import MEDIA, NAME, picture_after
from bot.channels.dingtalk.cards import TEMPLATE, card_data, message
from bot.channels.dingtalk.errors import MEANINGS, NO_SUCH_PERSON, NOT_DELIVERED, TOO_FAST
from bot.channels.dingtalk.reading import GROUP, GROUP_REF
from usecases.deliver import Outgoing, Picture

CARDS = "/v1.0/card/instances"
UPLOAD = "/media/upload"
NO_CARDS_FOR = 600.0
"""Seconds in which no card is tried after DingTalk said that the app may send none."""
INSTEAD: tuple[Meaning, ...] = ("plain", "config", "refused", "gone")
"""A card refused so may still get through as a plain message; what that is answered counts."""
OURS = "ruqi"


class Carrier:
    """`files` is the host that takes files, which is not the one that takes messages."""

    def __init__(self, api: Api, robot: str, files: str) -> None:
        self._api = api
        self._robot = robot
        self._files = files
        self._no_cards_until = 0.0

    async def carry(self, outgoing: Outgoing) -> str:
        drawn = draw(outgoing.message, links=True)
        if outgoing.edit_ref and (await self._changed(outgoing.edit_ref, drawn) or outgoing.kind == "edit"):
            return outgoing.edit_ref  # what can no longer be changed stays as it is: nothing is said twice
        ref = await self._words(outgoing, drawn)
        await picture_after(outgoing, lambda picture: self._picture(outgoing.address, picture))
        return ref

    async def _words(self, outgoing: Outgoing, drawn: Drawn) -> str:
        if (drawn.buttons or outgoing.kind == "digest") and time.monotonic() >= self._no_cards_until:
            try:
                return await self._card(outgoing, drawn)
            except Said as said:
                self._weigh(said)
        return await self._plain(outgoing.address, draw(outgoing.message))

    def _weigh(self, said: Said) -> None:
        """Whether a plain message takes the place of a refused card; raises when it does not."""
        means = meaning(said, MEANINGS)
        if means not in INSTEAD:
            raise said
        if means == "config":
            self._no_cards_until = time.monotonic() + NO_CARDS_FOR

    async def _changed(self, ref: str, drawn: Drawn) -> bool:
        if not ref.startswith(OURS):
            return False  # a plain message
        data = {"cardParamMap": card_data(drawn)}
        options = {"updateCardDataByKey": True}
        try:
            await self._api.call("PUT", CARDS, {"outTrackId": ref, "cardData": data, "cardUpdateOptions": options})
        except Said as said:
            if meaning(said, MEANINGS) in INSTEAD:
                return False
            raise
        return True

    async def _card(self, outgoing: Outgoing, drawn: Drawn) -> str:
        group = outgoing.address.removeprefix(GROUP) if outgoing.address.startswith(GROUP) else ""
        ref = f"{OURS}{outgoing.delivery_id}-{secrets.token_hex(4)}" + (GROUP_REF + group if group else "")
        space = "imGroup" if group else "imRobot"
        kind, place = ("IM_GROUP", group) if group else ("IM_ROBOT", outgoing.address)
        body: Body = {
            "cardTemplateId": TEMPLATE,
            "outTrackId": ref,
            "cardData": {"cardParamMap": card_data(drawn)},
            "callbackType": "STREAM",
            "userIdType": 1,
            f"{space}OpenSpaceModel": {"supportForward": False},
            f"{space}OpenDeliverModel": {"robotCode": self._robot} | ({} if group else {"spaceType": kind}),
            "openSpaceId": f"dtv1.card//{kind}.{place}",
        }
        _check_delivered(await self._api.call("POST", f"{CARDS}/createAndDeliver", body))
        return ref

    async def _picture(self, address: str, picture: Picture) -> None:
        """Source: dingtalk_stream's upload_to_dingtalk for the file; sampleImageMsg takes its name for an address."""
        file = (NAME, picture.png, MEDIA)
        token = await self._api.token()
        found = await self._api.upload(UPLOAD, {"type": "image"}, "media", file, base=self._files, access_token=token)
        if found.get("errcode"):
            raise Said(str(found["errcode"]), str(found.get("errmsg", "")))
        await self._robot_says(address, "sampleImageMsg", json.dumps({"photoURL": str(found.get("media_id", ""))}))

    async def _plain(self, address: str, drawn: Drawn) -> str:
        """A plain message; its ref is the key by which a quotation of it is told."""
        return await self._robot_says(address, *message(drawn, private=not address.startswith(GROUP)))

    async def _robot_says(self, address: str, key: str, param: str) -> str:
        private = not address.startswith(GROUP)
        body: Body = {"robotCode": self._robot, "msgKey": key, "msgParam": param}
        if private:
            found = await self._api.call("POST", "/v1.0/robot/oToMessages/batchSend", body | {"userIds": [address]})
        else:
            conversation = address.removeprefix(GROUP)
            path = "/v1.0/robot/groupMessages/send"
            found = await self._api.call("POST", path, body | {"openConversationId": conversation})
        _check_taken(found)
        return str(found.get("processQueryKey", ""))


def _check_delivered(found: Body) -> None:
    """A card is created even where it reaches nobody."""
    results = (found.get("result") or {}).get("deliverResults") or []
    failed = [str(one.get("errorMsg", "")) for one in results if one.get("success") is False]
    if failed or found.get("success") is False:
        raise Said(NOT_DELIVERED, " ".join(failed))


def _check_taken(found: Body) -> None:
    """A message is taken even where nobody gets it: who does not is listed in the answer."""
    if found.get("invalidStaffIdList"):
        raise Said(NO_SUCH_PERSON, "DingTalk knows no such person, or the app may not reach them")
    if found.get("flowControlledStaffIdList"):
        raise Said(TOO_FAST, "DingTalk holds messages to this person back")
