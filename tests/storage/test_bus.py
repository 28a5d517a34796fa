"""The event bus within a process."""

from storage.bus import WAITING, LocalBus
from tools.ports import Event


async def test_an_event_reaches_everyone_who_listens_for_its_person_and_nobody_else() -> None:
    bus = LocalBus()
    asha, ravi = Event(1, "visit.booked", {"id": 5}), Event(2, "visit.booked", {"id": 6})
    async with bus.listen(1) as phone, bus.listen(1) as laptop, bus.listen(2) as other:
        await bus.publish([asha, ravi])
        assert [phone.get_nowait(), laptop.get_nowait(), other.get_nowait()] == [asha, asha, ravi]
        assert phone.empty()


async def test_nobody_needs_to_listen() -> None:
    bus = LocalBus()
    async with bus.listen(1) as gone:
        pass
    await bus.publish([Event(1, "visit.booked", {})])
    assert gone.empty()


async def test_a_slow_listener_loses_its_oldest_events() -> None:
    bus = LocalBus()
    async with bus.listen(1) as slow:
        await bus.publish([Event(1, "said", {"n": n}) for n in range(WAITING + 3)])
        assert slow.get_nowait().about == {"n": 3}
