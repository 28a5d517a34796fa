"""The bus within a process."""

from storage.bus import LocalBus, person


async def test_a_hint_reaches_everyone_who_listens() -> None:
    bus = LocalBus()
    phone: list[str] = []
    laptop: list[str] = []
    with bus.listen(phone.append), bus.listen(laptop.append):
        await bus.publish({person(1)})
    assert phone == laptop == ["person:1"]


async def test_nobody_needs_to_listen() -> None:
    bus = LocalBus()
    heard: list[str] = []
    with bus.listen(heard.append):
        pass
    await bus.publish({person(1)})
    assert heard == []
