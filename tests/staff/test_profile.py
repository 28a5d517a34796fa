"""Profiles: what staff say of themselves is read by everybody, and tells nobody how to reach them."""

import pytest

from tests.account.conftest import Somebody
from tests.street import Street
from tools.contract import GUEST
from tools.dispatch import Caller
from tools.masking import ContactInText
from tools.refusals import Forbidden, Invalid
from tools.staff import rera
from tools.staff.profile import NoReraNumber, NoSuchArea, NotOfStaff


async def known(street: Street) -> None:
    for kind, slug, name in (
        ("sector", "sector 57", "Sector 57"),
        ("society", "the magnolias", "The Magnolias"),
        ("metro", "huda city centre", "HUDA City Centre"),
    ):
        added = "insert into places (kind, slug, name) values (:kind, :slug, :name)"
        await street.run(added, kind=kind, slug=slug, name=name)


async def test_what_somebody_says_of_themselves_is_what_a_guest_reads(
    kiran: Somebody, street: Street
) -> None:
    await known(street)
    written = await kiran.call(
        "update_staff_profile",
        bio="I know every lane of Sector 57.",
        languages=["hindi", "english", "hindi"],
        areas=["sector-57", "the Magnolias"],
        rera_number=" a51800047724 ",
    )
    tool = kiran.dispatcher.catalog["get_staff_profile"]
    read = await kiran.dispatcher.run(tool, {"id": kiran.id}, Caller("rest", GUEST))
    assert read == written
    assert read.model_dump() == {
        "id": kiran.id,
        "name": "Kiran Bedi",
        "bio": "I know every lane of Sector 57.",
        "languages": ["hindi", "english"],
        "areas": [{"kind": "sector", "name": "Sector 57"}, {"kind": "society", "name": "The Magnolias"}],
        "rera_number": "A51800047724",
        "rera_state": "Maharashtra",
        "active": True,
        "properties": 1,
    }


async def test_what_is_left_out_stays_and_what_was_changed_can_be_taken_back(
    kiran: Somebody, street: Street
) -> None:
    await known(street)
    await kiran.call("update_staff_profile", areas=["Sector 57"], bio="Hello.")
    changed = await kiran.call("update_staff_profile", active=False, areas=[])
    assert (changed.bio, changed.areas, changed.active) == ("Hello.", [], False)
    latest = (await kiran.call("my_activity")).items[0]
    await kiran.call("undo_action", id=latest.id)
    back = await kiran.call("get_staff_profile", id=kiran.id)
    assert ([each.name for each in back.areas], back.active) == (["Sector 57"], True)


async def test_a_profile_holds_no_way_past_us_and_no_place_that_nobody_knows(
    kiran: Somebody, street: Street
) -> None:
    await known(street)
    with pytest.raises(ContactInText):
        await kiran.call("update_staff_profile", bio="Ring me: nine eight 7 6 5 4 3 2 1 0")
    with pytest.raises(NoReraNumber):
        await kiran.call("update_staff_profile", rera_number="HRERA-PKL-GGM-1234-567")
    with pytest.raises(NoSuchArea) as refused:
        await kiran.call("update_staff_profile", areas=["Magnolia"])
    assert "The Magnolias" in refused.value.details["suggestions"]
    with pytest.raises(NoSuchArea):
        await kiran.call("update_staff_profile", areas=["HUDA City Centre"])
    with pytest.raises(Invalid):
        await kiran.call("update_staff_profile", languages=["klingon"])
    assert await street.count("staff_profiles") == 0


async def test_members_have_no_profile(asha: Somebody, kiran: Somebody) -> None:
    with pytest.raises(NotOfStaff):
        await asha.call("get_staff_profile", id=asha.id)
    with pytest.raises(Forbidden):
        await asha.call("update_staff_profile", bio="Hello")


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ("A51800047724", "Maharashtra"),
        ("RC/REP/HARERA/GGM/814/546/2024/41", "Haryana"),
        ("1030/762/2026/02", "Haryana"),
        ("RERA-GRG-874-2021", "Haryana"),
        ("HRERA-PKL-FBD-914-2026", "Haryana"),
        ("DLRERA2023P0017", "Delhi"),
        ("UPRERAPRJ6734", "Uttar Pradesh"),
        ("PRM/KA/RERA/1248/469/PR/050723/006033", "Karnataka"),
        ("TNRERA/29/LO/4544/2025", "Tamil Nadu"),
        ("P03290013808", "Telangana or Andhra Pradesh"),
        ("RAJ/P/2024/3058", "Rajasthan"),
        ("PBRERA-LDH44-PR0597", "Punjab"),
        ("K-RERA/PRJ/TSR/167/2022", "Kerala"),
        ("WBRERA/P/ALI/2023/000353", "West Bengal"),
        ("RP/11/2026/01471", "Odisha"),
        ("BRERAP05734-1/994/R-766/2019", "Bihar"),
        ("PCGRERA200618000247", "Chhattisgarh"),
        ("PRGO02231914", "Goa"),
        ("RERAHPSHP01190048", "Himachal Pradesh"),
        ("JHARERA/PROJECT/146/2022", "Jharkhand"),
        ("RERAA KM 49 OF 2024-2025", "Assam"),
        ("UKREP11250000693", "Uttarakhand"),
        ("PRTR03240386", "Tripura"),
        ("PRPY133450", "Puducherry"),
        ("PR/GJ/SURAT/CHORYASI/Surat Municipal Corporation/RAA16644/250326/311231", "Gujarat"),
        ("P-BPL-24-4939", "Madhya Pradesh"),
        ("HRERA-PKL-GGM-1234-567", None),
        ("hello", None),
    ],
)
def test_numbers_are_told_by_the_shape_of_their_states_register(number: str, state: str | None) -> None:
    assert rera.state(rera.written(number)) == state
