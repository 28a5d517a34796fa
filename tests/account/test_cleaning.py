"""Cleaning up: what has ended some time ago is forgotten, and what stands stays."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from servers.jobs import rounds
from storage.engine import Database
from storage.signins import CodeRow, SessionRow
from tests.account.conftest import Somebody
from tools.account.cleaning import KEPT

LATER = datetime(2099, 1, 1, tzinfo=UTC)


async def test_only_what_ended_some_time_ago_is_forgotten(asha: Somebody, database: Database) -> None:
    now = datetime.now(UTC)
    about: dict[str, Any] = {"person_id": asha.id, "kind": "web"}
    async with database.writing() as db:
        for label, expires, ended in (
            ("expired long ago", now - KEPT - timedelta(hours=1), None),
            ("ended long ago", LATER, now - KEPT - timedelta(hours=1)),
            ("expired lately", now - timedelta(hours=1), None),
            ("ended lately", LATER, now - timedelta(hours=1)),
        ):
            db.add(SessionRow(label=label, expires_at=expires, ended_at=ended, **about))
        db.add(CodeRow(contact="old@example.com", code_hash=b"", expires_at=now - KEPT - timedelta(hours=1)))
        db.add(CodeRow(contact="new@example.com", code_hash=b"", expires_at=now))
    (answer,) = [each async for each in rounds(asha.dispatcher, "clean_up_sign_ins", {})]
    assert answer.removed == 3
    async with database.reading() as db:
        labels = (await db.scalars(select(SessionRow.label).order_by(SessionRow.label))).all()
        assert labels == ["Firefox on Android", "ended lately", "expired lately"]
        assert (await db.scalars(select(CodeRow.contact))).all() == ["new@example.com"]
    (again,) = [each async for each in rounds(asha.dispatcher, "clean_up_sign_ins", {})]
    assert again.removed == 0
