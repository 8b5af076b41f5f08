"""The signature is that of Standard Webhooks: their own published example comes out."""

from datetime import UTC, datetime

from bot.channels.webhook.signing import headers


def test_the_published_example_comes_out() -> None:
    """github.com/standard-webhooks/standard-webhooks, the test vector of its libraries."""
    said = headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, UTC),
        b'{"test": 2432232314}',
    )
    assert said == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
