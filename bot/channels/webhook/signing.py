"""The signature of a webhook: HMAC-SHA256 over id, moment and body, with dots between.

Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md, symmetric signatures "v1".
"""

import base64
import hmac
from collections.abc import Mapping
from datetime import datetime

PREFIX = "whsec_"


def headers(secret: str, call_id: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """What the receiver checks. `at` is the moment of this try, so that an old copy can be told from a fresh one."""
    moment = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix(PREFIX))
    mac = hmac.digest(key, f"{call_id}.{moment}.".encode() + body, "sha256")
    signature = f"v1,{base64.b64encode(mac).decode()}"
    return {"webhook-id": call_id, "webhook-timestamp": moment, "webhook-signature": signature}
