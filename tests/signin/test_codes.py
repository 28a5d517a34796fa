"""One-time codes: who may have them, how often they may be tried, and what they prove."""

import asyncio
import logging
import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from servers.adapters.outbox import Outbox
from servers.signin.codes import (
    ATTEMPTS,
    FAILURES_A_DAY,
    SENDS,
    SENDS_A_DAY,
    NoMail,
    NoTextMessages,
    OneTimeCodes,
    Reviewer,
    TooManyAttempts,
    TooManyCodes,
    WrongCode,
)
from storage import signins
from storage.engine import Database

KEY = b"the key of the tests' codes, 32 b"
PHONE = "+919876543210"
EMAIL = "asha@example.com"
REVIEWER = Reviewer("+919876500000", "12345678")


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def codes(database: Database, outbox: Outbox) -> OneTimeCodes:
    return made(database, outbox)


def made(database: Database, outbox: Outbox, reviewer: Reviewer | None = REVIEWER) -> OneTimeCodes:
    return OneTimeCodes(
        database, KEY, mailer=outbox.mailer, sms=outbox.sms, host="ghar.example", reviewer=reviewer
    )


async def sent(codes: OneTimeCodes, outbox: Outbox, contact: str = PHONE) -> str:
    """The code that a new message holds."""
    before = len(outbox.messages)
    await codes.send(contact, "en")
    assert len(outbox.messages) == before + 1
    assert outbox.messages[0].to == contact
    found = re.match(r"[0-9]{6}(?= )", outbox.messages[0].text)
    assert found is not None
    return found[0]


def wrong(code: str, by: int = 1) -> str:
    return f"{(int(code) + by) % 10**6:06}"


async def run(database: Database, statement: str) -> None:
    async with database.writing() as db:
        await db.execute(text(statement))


async def scalar(database: Database, query: str) -> object:
    async with database.writing() as db:
        return (await db.execute(text(query))).scalar_one()


async def outcomes(codes: OneTimeCodes, contact: str, guesses: list[str]) -> list[str]:
    """What came of guesses made at the same time."""
    tries = (codes.check(contact, guess, "en") for guess in guesses)
    answers = await asyncio.gather(*tries, return_exceptions=True)
    return [type(each).__name__ for each in answers]


@pytest.mark.parametrize("contact", [PHONE, EMAIL])
async def test_a_code_makes_a_person_once_and_finds_them_again(
    codes: OneTimeCodes, outbox: Outbox, contact: str
) -> None:
    newcomer = await codes.check(contact, await sent(codes, outbox, contact), "en")
    again = await codes.check(contact, await sent(codes, outbox, contact), "en")
    assert newcomer == again


@pytest.mark.parametrize("typed", [" {} ", "{0[0]} {0[1]}-{0[2]}{0[3]}{0[4]}{0[5]}"])
async def test_a_code_may_be_typed_with_spaces(codes: OneTimeCodes, outbox: Outbox, typed: str) -> None:
    assert await codes.check(PHONE, typed.format(await sent(codes, outbox)), "en")


async def test_a_code_may_be_typed_in_hindi_digits(codes: OneTimeCodes, outbox: Outbox) -> None:
    code = await sent(codes, outbox)
    assert await codes.check(PHONE, code.translate({ord(str(n)): "०१२३४५६७८९"[n] for n in range(10)}), "en")


async def test_a_code_works_once(codes: OneTimeCodes, outbox: Outbox) -> None:
    code = await sent(codes, outbox)
    await codes.check(PHONE, code, "en")
    with pytest.raises(WrongCode):
        await codes.check(PHONE, code, "en")


async def test_a_code_works_once_for_all_who_bring_it_at_once(codes: OneTimeCodes, outbox: Outbox) -> None:
    code = await sent(codes, outbox)
    assert sorted(await outcomes(codes, PHONE, [code] * 5)) == ["WrongCode"] * 4 + ["int"]


async def test_parallel_guesses_do_not_exceed_the_attempts(
    codes: OneTimeCodes, outbox: Outbox, database: Database
) -> None:
    code = await sent(codes, outbox)
    guesses = [wrong(code, by) for by in range(1, 3 * ATTEMPTS)]
    assert set(await outcomes(codes, PHONE, guesses)) == {"WrongCode"}
    assert await scalar(database, "select attempts from sign_in_codes") == ATTEMPTS
    with pytest.raises(WrongCode):
        await codes.check(PHONE, code, "en")


async def test_the_last_attempt_can_be_right(codes: OneTimeCodes, outbox: Outbox) -> None:
    code = await sent(codes, outbox)
    for by in range(1, ATTEMPTS):
        with pytest.raises(WrongCode):
            await codes.check(PHONE, wrong(code, by), "en")
    assert await codes.check(PHONE, code, "en")


async def test_guesses_at_one_code_after_another_end_for_the_day(
    codes: OneTimeCodes, outbox: Outbox, database: Database
) -> None:
    code = ""
    for _ in range(FAILURES_A_DAY // ATTEMPTS):
        code = await sent(codes, outbox)
        await outcomes(codes, PHONE, [wrong(code, by) for by in range(1, ATTEMPTS + 3)])
        await run(database, "update sign_in_codes set sent_at = sent_at - interval '20 minutes'")
    with pytest.raises(TooManyAttempts):
        await codes.send(PHONE, "en")
    with pytest.raises(TooManyAttempts) as refused:
        await codes.check(PHONE, code, "en")
    assert refused.value.retry_after is not None
    assert timedelta(hours=22).total_seconds() < refused.value.retry_after <= 86_400
    assert await codes.check(EMAIL, await sent(codes, outbox, EMAIL), "en"), "others are not held up"
    await run(database, "update sign_in_codes set sent_at = sent_at - interval '1 day'")
    assert await codes.check(PHONE, await sent(codes, outbox), "en"), "the next day"


async def test_only_the_newest_code_counts(codes: OneTimeCodes, outbox: Outbox) -> None:
    first = await sent(codes, outbox)
    second = await sent(codes, outbox)
    if first != second:
        with pytest.raises(WrongCode):
            await codes.check(PHONE, first, "en")
    assert await codes.check(PHONE, second, "en")


async def test_a_code_expires(codes: OneTimeCodes, outbox: Outbox, database: Database) -> None:
    code = await sent(codes, outbox)
    lifetime = "select expires_at - sent_at from sign_in_codes"
    assert await scalar(database, lifetime) == timedelta(minutes=10)
    await run(database, "update sign_in_codes set expires_at = now() - interval '1 second'")
    with pytest.raises(WrongCode):
        await codes.check(PHONE, code, "en")


async def test_a_code_is_of_its_contact_only(codes: OneTimeCodes, outbox: Outbox) -> None:
    code = await sent(codes, outbox)
    await sent(codes, outbox, EMAIL)
    with pytest.raises(WrongCode):
        await codes.check(EMAIL, code, "en")


@pytest.mark.parametrize("code", ["", " ", "x" * 500, "１" * 6, "नमस्ते", "\0", "½" * 6])
async def test_what_is_no_code_is_wrong(codes: OneTimeCodes, outbox: Outbox, code: str) -> None:
    await sent(codes, outbox)
    with pytest.raises(WrongCode):
        await codes.check(PHONE, code, "en")


async def test_a_code_that_nobody_asked_for_is_wrong_in_the_same_words(codes: OneTimeCodes) -> None:
    with pytest.raises(WrongCode) as refused:
        await codes.check(PHONE, "000000", "en")
    assert refused.value.message == (
        "This code is not right, or no longer valid. Check it, or ask for a new one."
    )


async def test_codes_are_sent_so_often_and_no_more(
    codes: OneTimeCodes, outbox: Outbox, database: Database
) -> None:
    tries = await asyncio.gather(*(codes.send(PHONE, "en") for _ in range(9)), return_exceptions=True)
    refused = [each for each in tries if isinstance(each, TooManyCodes)]
    assert (len(refused), len(outbox.messages)) == (9 - SENDS, SENDS)
    assert refused[0].retry_after is not None
    assert 0 < refused[0].retry_after <= 15 * 60
    await codes.send(EMAIL, "en")
    outbox.messages.clear()
    for _ in range(SENDS_A_DAY):
        await run(database, "update sign_in_codes set sent_at = sent_at - interval '16 minutes'")
        await asyncio.gather(codes.send(PHONE, "en"), return_exceptions=True)
    assert len(outbox.messages) == SENDS_A_DAY - SENDS
    await run(database, "update sign_in_codes set sent_at = sent_at - interval '1 day'")
    await codes.send(PHONE, "en")


async def test_codes_are_six_digits_of_any_value(codes: OneTimeCodes, outbox: Outbox) -> None:
    seen = {await sent(codes, outbox, f"asha{n}@example.com") for n in range(20)}
    assert len(seen) >= 19
    assert all(re.fullmatch("[0-9]{6}", code) for code in seen)


async def test_a_code_is_kept_as_a_keyed_hash_and_never_logged(
    codes: OneTimeCodes, outbox: Outbox, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        code = await sent(codes, outbox)
        await outcomes(codes, PHONE, [wrong(code), code])
    kept = await scalar(database, "select encode(code_hash, 'hex') from sign_in_codes")
    assert isinstance(kept, str)
    assert len(kept) == 64
    assert code not in caplog.text
    assert PHONE not in caplog.text
    other = OneTimeCodes(database, b"another key", mailer=None, sms=outbox.sms, host="ghar.example")
    code = await sent(codes, outbox)
    with pytest.raises(WrongCode):
        await other.check(PHONE, code, "en")


@pytest.mark.parametrize("known", [True, False])
async def test_nothing_tells_whether_somebody_is_known(
    codes: OneTimeCodes, outbox: Outbox, database: Database, known: bool
) -> None:
    """The same statements run for a contact that is known and for one that is not, up to the proof."""
    if known:
        await run(database, f"insert into people (phone) values ('{PHONE}')")
    await codes.send(PHONE, "en")
    assert outbox.messages[0].text[6:].startswith(" is your sign-in code for 360 Ghar.")
    with pytest.raises(WrongCode) as refused:
        await codes.check(PHONE, wrong(outbox.messages[0].text[:6]), "en")
    assert (refused.value.details, refused.value.retry_after) == (None, None)
    assert await scalar(database, "select count(*) from people") == int(known)


async def test_a_newcomer_is_addressed_in_the_language_of_the_page(
    codes: OneTimeCodes, outbox: Outbox, database: Database
) -> None:
    await codes.check(PHONE, await sent(codes, outbox), "hi")
    assert await scalar(database, "select language from people") == "hi"
    await codes.check(PHONE, await sent(codes, outbox), "en")
    assert await scalar(database, "select language from people") == "hi", "what a person chose stays"


async def test_an_erased_person_is_not_found_again(
    codes: OneTimeCodes, outbox: Outbox, database: Database
) -> None:
    before = await codes.check(PHONE, await sent(codes, outbox), "en")
    await run(database, "update people set erased_at = now(), phone = null")
    after = await codes.check(PHONE, await sent(codes, outbox), "en")
    assert after != before


async def test_who_asked_for_deletion_can_sign_in(
    codes: OneTimeCodes, outbox: Outbox, database: Database
) -> None:
    person = await codes.check(PHONE, await sent(codes, outbox), "en")
    await run(database, "update people set deletes_at = now() + interval '30 days'")
    assert await codes.check(PHONE, await sent(codes, outbox), "en") == person


async def test_a_channel_that_is_not_there_is_refused_before_anything_is_kept(
    database: Database, outbox: Outbox
) -> None:
    mail_only = OneTimeCodes(database, KEY, mailer=outbox.mailer, sms=None, host="ghar.example")
    sms_only = OneTimeCodes(database, KEY, mailer=None, sms=outbox.sms, host="ghar.example")
    with pytest.raises(NoTextMessages):
        await mail_only.send(PHONE, "en")
    with pytest.raises(NoMail):
        await sms_only.send(EMAIL, "en")
    assert await scalar(database, "select count(*) from sign_in_codes") == 0


async def test_the_reviewer_is_sent_nothing_and_let_in(
    codes: OneTimeCodes, outbox: Outbox, database: Database
) -> None:
    await codes.send(REVIEWER.contact, "en")
    assert not outbox.messages
    assert await codes.check(REVIEWER.contact, REVIEWER.code, "en")
    with pytest.raises(WrongCode):
        await codes.check(REVIEWER.contact, REVIEWER.code, "en")
    assert REVIEWER.code not in repr(REVIEWER)


async def test_the_reviewers_code_has_the_same_attempts(codes: OneTimeCodes) -> None:
    await codes.send(REVIEWER.contact, "en")
    await outcomes(codes, REVIEWER.contact, [f"guess {n}" for n in range(ATTEMPTS)])
    with pytest.raises(WrongCode):
        await codes.check(REVIEWER.contact, REVIEWER.code, "en")


async def test_the_reviewers_code_opens_nothing_else(
    codes: OneTimeCodes, outbox: Outbox, database: Database
) -> None:
    await sent(codes, outbox)
    with pytest.raises(WrongCode):
        await codes.check(PHONE, REVIEWER.code, "en")
    await run(database, f"insert into people (phone, role) values ('{REVIEWER.contact}', 'admin')")
    await codes.send(REVIEWER.contact, "en")
    with pytest.raises(WrongCode):
        await codes.check(REVIEWER.contact, REVIEWER.code, "en")


async def test_without_settings_there_is_no_reviewer(database: Database, outbox: Outbox) -> None:
    codes = made(database, outbox, reviewer=None)
    await sent(codes, outbox, REVIEWER.contact)
    with pytest.raises(WrongCode):
        await codes.check(REVIEWER.contact, REVIEWER.code, "en")


async def test_what_ended_long_ago_is_cleaned_up(
    codes: OneTimeCodes, outbox: Outbox, database: Database
) -> None:
    person = await codes.check(PHONE, await sent(codes, outbox), "en")
    async with database.writing() as db:
        month = timedelta(days=30)
        begun = [await signins.begin_web(db, person, bytes([n]), "Firefox", month) for n in range(3)]
        for column, session in zip(("ended_at", "expires_at"), begun, strict=False):
            ago = text(f"update sessions set {column} = now() - interval '8 days' where id = :id")
            await db.execute(ago, {"id": session})
        assert await signins.clean_up(db, timedelta(days=7)) == 2
        await db.execute(text("update sign_in_codes set expires_at = now() - interval '8 days'"))
        assert await signins.clean_up(db, timedelta(days=7)) == 1
    assert await scalar(database, "select array_agg(id) from sessions") == [begun[2]]


@pytest.mark.parametrize("contact", [PHONE, EMAIL])
async def test_a_message_says_what_it_is_for_in_the_readers_language(
    codes: OneTimeCodes, outbox: Outbox, contact: str
) -> None:
    await codes.send(contact, "hi")
    message = outbox.messages[0]
    assert "360 घर में साइन इन करने का आपका कोड है" in message.text
    code = message.text[:6]
    assert code not in (message.subject or "")
    if contact == PHONE:
        assert message.text.splitlines()[-1] == f"@ghar.example #{code}"
