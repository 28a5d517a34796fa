"""The registry: what stands in it can be sent, in both languages, and nothing else can."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import Any, cast, get_args
from uuid import uuid4

import pytest
from inline_snapshot import snapshot
from pydantic import ValidationError

from storage import people, queue, queue_work
from storage.engine import driver
from storage.queue import State
from storage.queue_work import Ending
from tests.account.conftest import Join, Somebody
from tests.architecture.test_budgets import ROOT
from tests.notifications.conftest import NOON, Post
from tests.notifications.examples import EXAMPLES
from tools.contract import Model
from tools.notice import BadNotice, Notice
from tools.notice_types import TYPES
from tools.notifications.delivering import DeliverNotification


class About(Model):
    which: int


def made(**told: Any) -> Notice:
    usual: dict[str, Any] = {"category": "system", "takes": About, "once": "{which}", "lives": timedelta(1)}
    usual |= {"english": ("It", "It is {which}."), "hindi": ("वह", "{which} है।"), "channels": ("in_app",)}
    return Notice(**usual | told)


@pytest.mark.parametrize(
    "wrong",
    [
        {"hindi": ("वह", "{who} है।")},
        {"once": "{what}"},
        {"link": "https://elsewhere.example/"},
        {"link": "//elsewhere.example"},
        {"category": "marketing"},
        {"category": "marketing", "opt_in": "offers", "priority": "high"},
        {"channels": ()},
    ],
)
def test_a_type_that_could_not_be_sent_cannot_be_declared(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadNotice):
        made(**wrong)


def test_a_campaign_leads_to_no_page_of_others() -> None:
    for page in ("/evil.example", "//evil.example", "https://evil.example", "\\evil.example"):
        with pytest.raises(ValidationError):
            TYPES["campaign"].takes.model_validate({**EXAMPLES["campaign"], "page": page})


@pytest.mark.requirement("F10")
async def test_each_type_reaches_its_person_over_each_of_its_channels(join: Join, post: Post) -> None:
    assert set(EXAMPLES) == set(TYPES)
    senders = set(get_args(DeliverNotification.model_fields["channel"].annotation))
    for number, (name, notice) in enumerate(TYPES.items()):
        them = await join(f"somebody{number}@example.com")
        async with post.database.writing() as db:
            await people.change(db, them.id, phone=f"+9198000000{number:02}")
        await them.call("register_device", token=f"a-token-of-device-{number}", platform="android")
        await them.call("update_notification_settings", offers=True)
        await post.tell(them, name, **EXAMPLES[name])
        assert [each.outcome for each in await post.send()] == ["sent"], name
        found = await post.waiting("deliver_notification")
        assert {each.channel for each in found} == set(notice.channels) - {"in_app"}, name
        assert {each.channel for each in found} <= senders
        assert len(await post.inbox(them)) == ("in_app" in notice.channels), name
        for each in found:
            await post.forget(each)


@pytest.mark.parametrize("name", TYPES)
def test_each_type_is_said_in_full_in_both_languages(name: str) -> None:
    notice = TYPES[name]
    said = notice.said(notice.takes.model_validate(EXAMPLES[name]))
    for title, body in said.values():
        assert title
        assert body
        assert not re.search(r"[{}]|None", title + body)
    assert re.search(r"[\u0900-\u097f]", "".join(said["hi"]))
    assert not re.search(r"[\u0900-\u097f]", "".join(said["en"]))


def test_each_type_is_sent_by_something() -> None:
    folders = ("tools", "servers", "storage")
    sources = [path for folder in folders for path in Path(ROOT, folder).rglob("*.py")]
    text = "\n".join(path.read_text() for path in sources if "notice_types" not in path.parts)
    unsent = [name for name in TYPES if f'"{name}"' not in text and f'"{name.replace("_", ".")}"' not in text]
    assert unsent == []


async def test_whoever_asked_for_long_work_is_told_how_it_ended(asha: Somebody, post: Post) -> None:
    async with post.database.writing() as db:
        ids = [
            await queue.put(db, "embed_listings", b"{}", owner=owner) for owner in (asha.id, asha.id, None)
        ]
        worker, connection = uuid4(), cast("Any", await driver(db))
        taken = "update pgqueuer set status = 'picked', queue_manager_id = $1 where entrypoint = $2"
        await connection.execute(taken, worker, "embed_listings")
        states: tuple[State, ...] = ("done", "failed", "done")
        await queue_work.end(connection, worker, [Ending(*each) for each in zip(ids, states, strict=True)])
    for job in await post.waiting("tell_of_job"):
        await post.run(job)
    assert [each.outcome for each in await post.send()] == ["sent", "sent"]
    told = [(each.type, each.title) for each in await post.inbox(asha)]
    assert told == [("job_failed", "Failed: Embed listings"), ("job_done", "Done: Embed listings")]


def test_what_a_person_reads() -> None:
    about = {"visit_id": 1, "title": "  Flat\n\n1  ", "starts": NOON}
    notice = TYPES["visit_requested"]
    assert notice.said(notice.takes.model_validate(about))["en"] == (
        "A visit is requested",
        "Somebody asks to see “Flat 1” on 2 June 2031, 12:00, India time.",
    )
    turned = notice.said(notice.takes.model_validate(about | {"title": "A\x00 \u202eflat"}))["en"]
    assert "“A flat”" in turned[1]
    long = notice.said(notice.takes.model_validate(about | {"title": "x" * 500}))["en"]
    assert f"“{'x' * 119}…”" in long[1]
    role = TYPES["role_granted"]
    assert role.said(role.takes.model_validate(EXAMPLES["role_granted"])) == snapshot(
        {
            "en": ("Your role has changed", "From now on you are staff of 360 Ghar."),
            "hi": ("आपकी भूमिका बदली", "अब से 360 घर में आपकी भूमिका: स्टाफ़।"),
        }
    )


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("visit_asked", EXAMPLES["visit_requested"]),
        ("visit_requested", {"visit_id": 7, "title": "A flat"}),
        ("visit_requested", {**EXAMPLES["visit_requested"], "phone": "+919800000000"}),
        ("visit_requested", {**EXAMPLES["visit_requested"], "starts": "+919800000000"}),
    ],
)
async def test_what_is_no_type_or_lacks_a_field_fails_with_its_transaction(
    asha: Somebody, post: Post, name: str, about: dict[str, Any]
) -> None:
    with pytest.raises(BadNotice) as refused:
        await post.tell(asha, name, **about)
    assert "+9198" not in str(refused.value)
    assert await post.waiting("send_notification") == []


async def test_the_same_is_told_once_however_often_it_is_asked_for(asha: Somebody, post: Post) -> None:
    first = await post.tell(asha, "signed_in", **EXAMPLES["signed_in"])
    assert await post.tell(asha, "signed_in", **EXAMPLES["signed_in"]) == first
    (job,) = await post.waiting("send_notification")
    again = [await post.run(job), await post.run(job)]
    assert [each.outcome for each in again] == ["sent", "sent"], "the same job gives what it gave"
    assert len(await post.waiting("deliver_notification")) == 0, "there is no address to send it to"
    await post.forget(job)
    await post.tell(asha, "signed_in", **EXAMPLES["signed_in"])
    assert [each.outcome for each in await post.send()] == ["told before"]
    assert len(await post.inbox(asha)) == 1


async def test_of_two_at_once_one_tells_it(asha: Somebody, post: Post) -> None:
    await post.tell(asha, "signed_in", **EXAMPLES["signed_in"])
    (job,) = await post.waiting("send_notification")
    other = type(job)(job.id + 1_000, job.name, job.given, job.delay)
    came = await asyncio.gather(post.run(job), post.run(other))
    assert sorted(each.outcome for each in came) == ["sent", "told before"]
