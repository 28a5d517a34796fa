"""The whole way: from what happened to an e-mail at a real mail server, and to its end by the link in it."""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from servers.app import Application
from storage import devices, people
from storage.engine import Database
from tests.senders.conftest import EMAIL, TOKEN
from tests.servers.applications import StartFailed, client_of, lifespan, settings
from tests.signin.test_mail import SENDER, Inbox, mail_server
from tools.notices import announce

PATIENCE = 30.0


async def tell(database: Database) -> None:
    """Have something happen to somebody with an e-mail address and a device."""
    async with database.writing() as db:
        person = await people.ensure(db, EMAIL)
        await devices.register(db, person.id, TOKEN, "android", session=None, most=5)
        now = datetime.now(UTC)
        await announce(db, now, person.id, "account_kept", at=now)


async def test_somebody_is_told_by_mail_and_on_their_phone_and_ends_the_mails(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    inbox = Inbox()
    async with mail_server(inbox) as port:
        given = {"smtp_url": f"smtp://127.0.0.1:{port}", "mail_from": SENDER}
        async with client_of(Application(settings(database_url, tmp_path, **given))) as client:
            await tell(database)
            async with asyncio.timeout(PATIENCE):
                while not inbox.messages or TOKEN[:8] not in (page := await client.get("/outbox")).text:
                    await asyncio.sleep(0.05)
            assert "Push notification" in page.text
            body = inbox.messages[0].get_body(("plain",))
            assert body is not None
            (at,) = re.findall(r"http://localhost:\d+(/unsubscribe/\S+)", body.get_content())
            assert "They have stopped" in (await client.post(at, data={"stop": "yes"})).text
            assert (await client.post("/api/v1/hooks/bounces", json={"reports": []})).status_code == 404
    assert len(inbox.messages) == 1


async def test_an_e_mail_is_shown_in_the_outbox_as_it_looks(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    async with client_of(Application(settings(database_url, tmp_path))) as client:
        await tell(database)
        found: list[str] = []
        async with asyncio.timeout(PATIENCE):
            while not found:
                found = re.findall(r'href="(/outbox/\d+)"', (await client.get("/outbox")).text)
                await asyncio.sleep(0.05)
        mail = await client.get(found[0])
        assert "Your account stays" in mail.text
        assert "sandbox" in mail.headers["content-security-policy"]
        assert (await client.get("/outbox/99999")).status_code == 404
        elsewhere = {"x-forwarded-for": "203.0.113.9"}
        assert (await client.get(found[0], headers=elsewhere)).status_code == 404


async def test_without_the_key_file_it_does_not_start_and_says_why(
    database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    given = {"fcm_service_account": tmp_path / "none.json"}
    with caplog.at_level(logging.ERROR), pytest.raises(StartFailed):
        async with lifespan(Application(settings(database_url, tmp_path, **given))):
            pass
    assert "GHAR_FCM_SERVICE_ACCOUNT" in caplog.text
