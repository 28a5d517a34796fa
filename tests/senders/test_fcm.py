"""Push notifications, against a local stand-in for FCM's HTTP v1 interface."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from starlette.responses import JSONResponse, Response

from servers.adapters.fcm import BadAccount, Fcm, ServiceAccount
from tests.senders.google import Google, account, failed, reached
from tools.ports import NoSuchAddress, Shown, Undeliverable, Undelivered

TOKEN = "the-token-of-a-device"
ID = UUID("5a0c3a52-8f4b-5d59-9d2e-0f6a3f0c9b11")
SHOWN = Shown(
    id=ID,
    title="देखने का समय माँगा गया",
    body="Somebody asks to see “A flat”.",
    link="https://ghar.example/account",
    urgent=True,
    lives=timedelta(hours=2),
    about={"type": "visit_requested"},
)
NO_TOKEN = "The registration token is not a valid FCM registration token"
FIELD = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{"field": "message.ttl"}]}
OURS = {"error": {"code": 400, "message": "Invalid value", "status": "INVALID_ARGUMENT", "details": [FIELD]}}


@pytest.fixture
def google() -> Google:
    return Google()


async def test_a_device_is_told_and_a_second_time_shows_in_the_place_of_the_first(google: Google) -> None:
    async with reached(google) as fcm:
        await fcm.send(TOKEN, SHOWN)
        await fcm.send(TOKEN, SHOWN)
    assert google.tokens == 1, "an access token is used until it ends"
    first, second = google.taken
    del first["apns"]["headers"]["apns-expiration"], second["apns"]["headers"]["apns-expiration"]
    assert first == second
    assert first["token"] == TOKEN
    assert first["notification"] == {"title": SHOWN.title, "body": SHOWN.body}
    assert first["data"] == {"type": "visit_requested", "ghar_id": str(ID), "link": SHOWN.link}
    android, apple, web = first["android"], first["apns"]["headers"], first["webpush"]
    assert (android["notification"]["tag"], android["ttl"], android["priority"]) == (str(ID), "7200s", "HIGH")
    assert (apple["apns-collapse-id"], apple["apns-priority"]) == (str(ID), "10")
    assert (len(web["headers"]["Topic"]), web["fcm_options"]) == (32, {"link": SHOWN.link})


async def test_a_token_that_was_taken_back_is_asked_for_anew(google: Google) -> None:
    async with reached(google) as fcm:
        await fcm.send(TOKEN, SHOWN)
        google.answers = [failed(401, "UNAUTHENTICATED")]
        await fcm.send(TOKEN, SHOWN)
    assert (google.tokens, len(google.taken)) == (2, 2)


@pytest.mark.parametrize(
    ("answer", "means"),
    [
        (failed(404, "UNREGISTERED", "Requested entity was not found."), NoSuchAddress),
        (failed(400, "INVALID_ARGUMENT", NO_TOKEN), NoSuchAddress),
        (failed(400, "INVALID_ARGUMENT", "Android message is too big"), Undeliverable),
        (JSONResponse(OURS, 400), Undeliverable),
        (failed(403, "SENDER_ID_MISMATCH"), Undeliverable),
        (failed(404, "NOT_FOUND", "The project does not exist."), Undelivered),
        (failed(401, "THIRD_PARTY_AUTH_ERROR"), Undelivered),
        (failed(500, "INTERNAL"), Undelivered),
        (Response("<html>", 502), Undelivered),
    ],
)
async def test_only_what_says_that_the_device_is_gone_ends_it(
    google: Google, answer: Response, means: type[Undelivered], caplog: pytest.LogCaptureFixture
) -> None:
    google.answers = [answer, answer]
    async with reached(google) as fcm:
        with pytest.raises(Undelivered) as refused:
            await fcm.send(TOKEN, SHOWN)
    assert type(refused.value) is means
    assert TOKEN not in caplog.text
    assert SHOWN.title not in caplog.text


@pytest.mark.parametrize(("status", "code"), [(429, "QUOTA_EXCEEDED"), (503, "UNAVAILABLE")])
async def test_a_provider_that_says_when_to_come_again_is_left_alone_until_then(
    google: Google, status: int, code: str
) -> None:
    google.answers = [failed(status, code, headers={"Retry-After": "120"})]
    async with reached(google) as fcm:
        for _ in range(3):
            with pytest.raises(Undelivered) as refused:
                await fcm.send(TOKEN, SHOWN)
            assert refused.value.retry_after in (119, 120)
        assert fcm.breaker.open
    assert google.asked == 1


async def test_a_google_that_is_not_there_is_an_outage(caplog: pytest.LogCaptureFixture) -> None:
    fcm = Fcm(ServiceAccount.model_validate(account("http://127.0.0.1:1")), url="http://127.0.0.1:1")
    with pytest.raises(Undelivered):
        await fcm.send(TOKEN, SHOWN)
    await fcm.close()
    assert caplog.messages == ["A push notification could not be sent: ConnectError"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read"),
        ("no JSON", "JSON"),
        (json.dumps({"project_id": "ghar"}), "client_email, private_key"),
        (json.dumps({**account("http://elsewhere.example"), "private_key": "a secret"}), "token_uri"),
    ],
)
def test_a_bad_key_file_is_said_without_what_it_holds(tmp_path: Path, content: str | None, says: str) -> None:
    path = tmp_path / "account.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(BadAccount, match=says) as bad:
        ServiceAccount.read(path)
    assert "a secret" not in str(bad.value)


async def test_a_key_that_is_none_is_an_outage(google: Google) -> None:
    fcm = Fcm(ServiceAccount.model_validate({**account("http://127.0.0.1:1"), "private_key": "none"}))
    with pytest.raises(Undelivered):
        await fcm.send(TOKEN, SHOWN)
    await fcm.close()
