"""Delivering: each notification once over each channel, whatever fails, and only where it is wanted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from servers.adapters.mail import SmtpMailer
from servers.adapters.sms import HttpSms
from storage import people
from storage.engine import Database
from tests.account.conftest import Clock
from tests.senders.conftest import EMAIL, PHONE, TOKEN, URL, Office
from tests.senders.google import Google, failed, reached
from tests.servers.serving import listening
from tests.signin.test_mail import SENDER, Inbox, mail_server
from tests.signin.test_sms import Provider
from tools.catalog import Catalog
from tools.dispatch import Dispatcher
from tools.notifications.delivering import BeingSent
from tools.ports import NoSuchAddress, Ports, Shown, Undeliverable, Undelivered


@dataclass
class Mails:
    """A mail server's stand-in that counts, and refuses or breaks as it is told."""

    refuse: Exception | None = None
    break_after: Exception | None = None
    held: asyncio.Event | None = None
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    ids: list[UUID | None] = field(default_factory=list[UUID | None])

    async def send(
        self,
        to: str,
        subject: str,
        text: str,
        html: str | None = None,
        *,
        id_: UUID | None = None,
        unsubscribe: str | None = None,
    ) -> None:
        self.asked.set()
        if self.refuse is not None:
            raise self.refuse
        if self.held is not None:
            await self.held.wait()
        self.ids.append(id_)
        if self.break_after is not None:
            raise self.break_after


def with_mailer(catalog: Catalog, database: Database, sending: Ports, mailer: Any) -> Dispatcher:
    return Dispatcher(catalog, database, replace(sending, mailer=mailer))


async def test_each_channel_says_it_in_its_own_way(office: Office) -> None:
    await office.told()
    sent = await office.sent()
    assert sent.keys() == {"email", "sms", "push"}
    mail, sms, push = sent["email"], sent["sms"], sent["push"]
    assert (mail.to, sms.to, push.to) == (EMAIL, PHONE, f"{TOKEN[:8]}…")
    assert mail.subject == push.subject == "Your account will be deleted"
    assert mail.text.startswith("Your account will be deleted\n\nYour account and everything in it")
    assert f"Open in 360 Ghar: {URL}/account\n" in mail.text
    assert sms.text.startswith("360 Ghar: Your account will be deleted. Your account and everything")
    assert sms.text.endswith(f"\n{URL}/account")
    assert push.link == f"{URL}/account"
    assert len({mail.id, sms.id, push.id}) == 3
    assert [(channel, state) for channel, state, _ in await office.states()] == [
        ("email", "sent"),
        ("push", "sent"),
        ("sms", "sent"),
    ]


async def test_it_is_said_in_the_persons_language(office: Office, database: Database) -> None:
    async with database.writing() as db:
        await people.change(db, office.meera.id, language="hi")
    await office.told()
    sent = await office.sent()
    assert sent["email"].subject == "आपका खाता हटा दिया जाएगा"
    assert '<html lang="hi"' in (sent["email"].html or "")
    assert sent["sms"].text.startswith("360 घर: आपका खाता")
    assert sent["push"].subject == "आपका खाता हटा दिया जाएगा"


async def test_what_was_sent_is_not_sent_again(office: Office) -> None:
    await office.told()
    waiting = await office.post.waiting("deliver_notification")
    await office.deliver()
    office.outbox.messages.clear()
    for job in waiting:
        if job.channel != "push":
            assert (await office.post.do(job.name, **job.given)).why == "before"
    assert not office.outbox.messages


async def test_of_two_who_deliver_the_same_at_once_one_does(
    office: Office, catalog: Catalog, database: Database, sending: Ports
) -> None:
    mails = Mails(held=asyncio.Event())
    both = replace(office.post, dispatcher=with_mailer(catalog, database, sending, mails))
    await office.told("contact_shown")
    job = next(each for each in await both.waiting("deliver_notification") if each.channel == "email")
    async with asyncio.TaskGroup() as group:
        first = group.create_task(both.do(job.name, **job.given))
        await asyncio.wait_for(mails.asked.wait(), 30)
        with pytest.raises(BeingSent):
            await both.do(job.name, **job.given)
        assert mails.held is not None
        mails.held.set()
    assert (first.result().state, (await both.do(job.name, **job.given)).why) == ("sent", "before")
    assert len(mails.ids) == 1


async def test_nothing_is_held_while_a_provider_takes_its_time(
    office: Office, catalog: Catalog, database: Database, sending: Ports
) -> None:
    mails = Mails(held=asyncio.Event())
    both = replace(office.post, dispatcher=with_mailer(catalog, database, sending, mails))
    await office.told("contact_shown")
    job = next(each for each in await both.waiting("deliver_notification") if each.channel == "email")
    async with asyncio.TaskGroup() as group:
        group.create_task(both.run(job))
        await asyncio.wait_for(mails.asked.wait(), 30)
        held = await _in_transaction(database)
        assert mails.held is not None
        mails.held.set()
    assert held == 0
    assert ("email", "sent", None) in await office.states()


async def _in_transaction(database: Database) -> int:
    """How many connections to this database hold a transaction open, besides the one that asks."""
    async with database.reading(primary=True) as db:
        held = text(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid() and xact_start is not null and backend_type = 'client backend'"
        )
        return int(await db.scalar(held) or 0)


async def test_whoever_dies_over_a_message_leaves_it_to_their_job_or_to_anybody_after_a_while(
    office: Office, catalog: Catalog, database: Database, sending: Ports
) -> None:
    mails = Mails(held=asyncio.Event())
    dying = replace(office.post, dispatcher=with_mailer(catalog, database, sending, mails))
    await office.told("contact_shown")
    job = next(each for each in await dying.waiting("deliver_notification") if each.channel == "email")
    for _ in range(2):
        mails.asked.clear()
        attempt = asyncio.create_task(dying.run(job))
        await asyncio.wait_for(mails.asked.wait(), 30)
        attempt.cancel()
        await asyncio.gather(attempt, return_exceptions=True)
        assert await office.states() == [("email", "claimed", None)]
    with pytest.raises(BeingSent):
        await office.post.do(job.name, **job.given)
    async with database.writing() as db:
        await db.execute(text("update deliveries set at = at - interval '5 minutes'"))
    assert (await office.post.do(job.name, **job.given)).state == "sent"


async def test_an_outage_is_tried_again_and_nothing_is_kept_of_it(
    office: Office, catalog: Catalog, database: Database, sending: Ports
) -> None:
    mails = Mails(refuse=Undelivered(retry_after=40))
    await office.told("contact_shown")
    with pytest.raises(Undelivered) as refused:
        await office.deliver(with_mailer(catalog, database, sending, mails))
    assert refused.value.retry_after == 40
    assert ("email", "sent", None) not in await office.states()
    mails.refuse = None
    await office.deliver(with_mailer(catalog, database, sending, mails))
    assert ("email", "sent", None) in await office.states()


async def test_the_one_window_has_the_same_message_twice_under_one_id(
    office: Office, catalog: Catalog, database: Database, sending: Ports
) -> None:
    """Whoever dies between the provider's yes and the commit cannot know of it."""
    mails = Mails(break_after=RuntimeError("killed"))
    await office.told("contact_shown")
    with pytest.raises(RuntimeError):
        await office.deliver(with_mailer(catalog, database, sending, mails))
    mails.break_after = None
    await office.deliver(with_mailer(catalog, database, sending, mails))
    assert len(mails.ids) == 2
    assert len({*mails.ids}) == 1


async def test_what_a_provider_never_takes_is_not_tried_again_and_ends_nothing(
    office: Office, catalog: Catalog, database: Database, sending: Ports
) -> None:
    await office.told("contact_shown")
    await office.deliver(with_mailer(catalog, database, sending, Mails(refuse=Undeliverable())))
    assert ("email", "refused", "not taken") in await office.states()
    await office.told("contact_shown", reveal_id=4)
    assert "email" in await office.sent()


async def test_an_address_that_takes_nothing_is_off_until_it_is_vouched_for_or_changes(
    office: Office, catalog: Catalog, database: Database, sending: Ports
) -> None:
    meera = office.meera
    await office.told("contact_shown")
    await office.deliver(with_mailer(catalog, database, sending, Mails(refuse=NoSuchAddress())))
    assert ("email", "refused", "no such address") in await office.states()
    settings = await meera.call("notification_settings")
    assert (settings.returned, settings.reachable) == (["email"], ["push", "sms"])
    await office.told("contact_shown", reveal_id=4)
    assert "email" not in await office.sent()

    await meera.call("update_notification_settings", category="transactional", channel="email", on=True)
    assert (await meera.call("notification_settings")).returned == []
    await office.told("contact_shown", reveal_id=5)
    assert "email" in await office.sent()

    await office.told("contact_shown", reveal_id=6)
    await office.deliver(with_mailer(catalog, database, sending, Mails(refuse=NoSuchAddress())))
    async with database.writing() as db:
        await people.change(db, meera.id, email="meera@elsewhere.example")
    assert (await meera.call("notification_settings")).returned == []
    await office.told("contact_shown", reveal_id=7)
    assert (await office.sent())["email"].to == "meera@elsewhere.example"


async def test_a_device_that_is_gone_is_sent_nothing_more(
    office: Office, catalog: Catalog, database: Database, sending: Ports
) -> None:
    await office.meera.call("register_device", token="the-other-device-of-meera", platform="web")
    google = Google([failed(404, "UNREGISTERED")])
    async with reached(google) as fcm:
        through = Dispatcher(catalog, database, replace(sending, push=fcm))
        await office.told("contact_shown")
        await office.deliver(through)
        await office.told("contact_shown", reveal_id=4)
        await office.deliver(through)
    assert [each["token"] for each in google.taken] == [
        "the-other-device-of-meera",
        "the-other-device-of-meera",
    ]


@pytest.mark.parametrize("channel", ["push", "email", "sms"])
async def test_what_is_switched_off_while_it_waits_is_not_sent(office: Office, channel: str) -> None:
    await office.told()
    given = {"category": "transactional", "channel": channel, "on": False}
    await office.meera.call("update_notification_settings", **given)
    assert channel not in await office.sent()
    assert (channel, "dropped", "switched off") in await office.states()


async def test_offers_that_are_no_longer_wanted_are_not_sent(office: Office) -> None:
    await office.meera.call("update_notification_settings", offers=True)
    await office.told("campaign")
    await office.meera.call("update_notification_settings", offers=False)
    assert await office.sent() == {}


async def test_what_has_expired_while_it_waited_is_not_sent(office: Office, clock: Clock) -> None:
    await office.told("contact_shown")
    clock.pass_(timedelta(days=4))
    assert await office.sent() == {}
    assert {why for _, _, why in await office.states()} == {"expired"}


async def test_what_came_into_quiet_hours_waits_for_their_end(office: Office, clock: Clock) -> None:
    await office.told("contact_shown")
    await office.told("account_kept")
    clock.pass_(timedelta(hours=11))
    while jobs := [job for job in await office.post.waiting("deliver_notification") if not job.delay]:
        for job in jobs:
            # A worker that takes a job frees its key.
            await office.post.forget(job)
            await office.post.run(job)
    assert sorted(each.way for each in office.outbox.messages) == ["email", "push", "sms"], "the urgent one"
    rest = await office.post.waiting("deliver_notification")
    assert {job.channel: round(job.delay / timedelta(hours=1)) for job in rest} == {"push": 9, "email": 9}
    clock.pass_(timedelta(hours=9))
    assert (await office.sent()).keys() == {"push", "email"}


async def test_what_was_read_meanwhile_wakes_no_device(office: Office) -> None:
    await office.told("contact_shown")
    await office.meera.call("mark_notifications_read", all=True)
    assert (await office.sent()).keys() == {"email"}


async def test_a_notification_that_is_gone_is_dropped(office: Office) -> None:
    answer = await office.post.do("deliver_notification", notification_id=999, channel="email")
    assert (answer.state, answer.why) == ("dropped", "forgotten")


async def test_a_push_is_shown_for_as_long_as_it_is_worth_it(
    office: Office, catalog: Catalog, database: Database, sending: Ports, clock: Clock
) -> None:
    shown: list[Shown] = []

    class Pushes:
        async def send(self, token: str, shown_: Shown) -> None:
            shown.append(shown_)

    await office.told("visit_requested")
    clock.pass_(timedelta(days=1))
    pushes: Any = Pushes()
    await office.deliver(Dispatcher(catalog, database, replace(sending, push=pushes)))
    (only,) = shown
    assert (only.lives, only.urgent, only.about["type"]) == (timedelta(days=1), True, "visit_requested")


@asynccontextmanager
async def providers(inbox: Inbox, sms: Provider, google: Google) -> AsyncGenerator[dict[str, Any]]:
    """Real adapters to local servers."""
    async with mail_server(inbox) as port, listening(sms) as base, reached(google) as fcm:
        texts, mailer = HttpSms(f"{base}/messages", None), SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER)
        yield {"mailer": mailer, "sms": texts, "push": fcm}
        await texts.close()
        await mailer.close()


async def test_real_providers_get_one_message_each_with_the_id_of_its_delivery(
    office: Office, catalog: Catalog, database: Database, sending: Ports, caplog: pytest.LogCaptureFixture
) -> None:
    inbox, texts, google = Inbox(), Provider(), Google()
    async with providers(inbox, texts, google) as ways:
        await office.told()
        await office.deliver(Dispatcher(catalog, database, replace(sending, **ways)))
    async with database.writing() as db:
        ids = {row[0]: row[1] for row in await db.execute(text("select channel, id from deliveries"))}
    (mail,) = inbox.messages
    assert mail["Message-ID"] == f"<{ids['email']}@ghar.example>"
    assert (mail["To"], mail["List-Unsubscribe"]) == (EMAIL, None)
    assert [part.get_content_type() for part in mail.walk()][1:] == ["text/plain", "text/html"]
    assert texts.ids == [str(ids["sms"])]
    assert [each["data"]["ghar_id"] for each in google.taken] == [str(ids["push"])]
    ours = "".join(each.getMessage() for each in caplog.records if each.name.startswith(("servers", "tools")))
    assert not any(secret in ours for secret in (EMAIL, PHONE, TOKEN))
