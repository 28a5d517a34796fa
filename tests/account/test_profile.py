"""Who somebody is: seen masked, changed by themselves, and asked of guests too."""

from dataclasses import replace

import pytest
from inline_snapshot import snapshot

from tests.account.conftest import Somebody
from tools.account.profile import NoSuchAccount
from tools.contract import GUEST
from tools.refusals import Refused


async def test_a_guest_is_told_that_and_how_to_sign_in(asha: Somebody) -> None:
    answer = await replace(asha, viewer=GUEST).call("who_am_i")
    assert (answer.signed_in, answer.id, answer.role) == (False, None, "guest")
    assert "/sign-in" in answer.summary()


async def test_a_person_sees_who_they_are_without_the_whole_of_their_contacts(asha: Somebody) -> None:
    answer = await asha.call("who_am_i")
    assert answer.model_dump(exclude={"id", "scopes"}) == snapshot(
        {
            "signed_in": True,
            "role": "member",
            "name": None,
            "phone": "+91 98••••••10",
            "email": None,
            "language": "en",
            "deletes_at": None,
            "how_to_sign_in": None,
        }
    )
    assert answer.id == asha.id
    assert "account:write" in answer.scopes
    assert "9876543210" not in answer.model_dump_json() + answer.summary()


async def test_what_is_left_out_of_a_change_stays(asha: Somebody) -> None:
    await asha.call("update_profile", name="  Asha Rao ")
    answer = await asha.call("update_profile", language="hi")
    assert (answer.name, answer.language) == ("Asha Rao", "hi")
    assert (await asha.call("update_profile")).name == "Asha Rao"
    assert (await asha.call("update_profile", name=None)).name is None


@pytest.mark.parametrize("name", ["क्‍षितिज", "Zoë O’Brien-Šimić", "李小龍", "x" * 80])
async def test_a_name_may_be_written_in_any_script(asha: Somebody, name: str) -> None:
    assert (await asha.call("update_profile", name=name)).name == name


@pytest.mark.parametrize(
    "name", ["", "   ", "\u200d", "x" * 81, "Asha\nRao", "Asha\x1b[2J", "\u202eahsA", "Asha\u200bRao", "A\0"]
)
async def test_a_name_that_could_mislead_is_refused(asha: Somebody, name: str) -> None:
    with pytest.raises(Refused):
        await asha.call("update_profile", name=name)
    assert (await asha.call("who_am_i")).name is None


async def test_a_change_is_only_ones_own(asha: Somebody, ravi: Somebody) -> None:
    await asha.call("update_profile", name="Asha", language="hi")
    answer = await ravi.call("who_am_i")
    assert (answer.name, answer.language) == (None, "en")


async def test_an_account_that_is_gone_is_not_made_up(asha: Somebody) -> None:
    nobody = replace(asha, viewer=replace(asha.viewer, id=asha.id + 1_000))
    for tool in ("who_am_i", "update_profile", "get_preferences", "update_preferences"):
        with pytest.raises(NoSuchAccount):
            await nobody.call(tool)
