"""The life of a visit as a machine: whatever two people do in whatever order, it is where the rules say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.account.conftest import Clock, Somebody
from tests.street import NOW, Street, slot
from tests.visits.conftest import Diary
from tools.refusals import Refused

ACTS = st.one_of(
    st.tuples(st.sampled_from(["confirm", "cancel", "met", "missed"]), st.booleans()),
    st.tuples(st.sampled_from(["move"]), st.booleans(), st.integers(25, 32)),
    st.tuples(st.sampled_from(["wait"]), st.sampled_from([1, 8, 20, 24])),
)


@dataclass
class Model:
    """What a visit should be."""

    starts: datetime
    status: str = "requested"
    awaits: str | None = "host"

    def does(self, act: str, side: str, now: datetime) -> bool:
        """Whether somebody may do this now; what becomes of it then."""
        standing, begun = self.status in ("requested", "confirmed"), self.starts <= now
        if act == "confirm":
            return standing and not begun and self.awaits == side and self._is("confirmed")
        if act == "cancel":
            return standing and not begun and self._is("cancelled")
        wanted = "completed" if act == "met" else "missed"
        told = self.status in ("confirmed", wanted)
        return begun and told and now <= self.starts + timedelta(days=30, minutes=30) and self._is(wanted)

    def moves(self, starts: datetime, side: str, now: datetime) -> bool:
        standing, begun = self.status in ("requested", "confirmed"), self.starts <= now
        if not standing or begun or starts == self.starts or starts - now < timedelta(hours=2):
            return False
        self.starts = starts
        return self._is("requested", "visitor" if side == "host" else "host")

    def waits(self, until: datetime) -> None:
        """What is not confirmed when it begins is off."""
        if self.status == "requested" and self.starts <= until:
            self._is("cancelled")

    def _is(self, status: str, awaits: str | None = None) -> bool:
        self.status, self.awaits = status, awaits
        return True


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(ACTS, max_size=8))
async def test_a_visit_is_always_where_the_rules_say(
    acts: list[tuple[Any, ...]], asha: Somebody, kiran: Somebody, clock: Clock, diary: Diary, street: Street
) -> None:
    clock.shown = NOW
    for table in ("visits", "pgqueuer", "tickets"):
        await street.run(f"delete from {table}")
    visit = await diary.book(asha, slot())
    model = Model(slot())
    for act, *how in acts:
        if act == "wait":
            await diary.until(clock.now() + timedelta(hours=how[0]))
            model.waits(clock.now())
            continue
        side, who = ("host", kiran) if how[0] else ("visitor", asha)
        if act == "move":
            should = model.moves(slot(how[1]), side, clock.now())
            did = await _does(who, "reschedule_visit", id=visit.id, starts=slot(how[1]))
        else:
            should = model.does(act, side, clock.now())
            did = await _act(who, act, visit.id)
        assert did == should, (act, how)
        await _stands(street, model)


async def _stands(street: Street, model: Model) -> None:
    ((status, awaits, starts),) = await street.ask("select array[status, awaits, starts::text] from visits")
    assert (status, awaits) == (model.status, model.awaits)
    assert datetime.fromisoformat(starts) == model.starts


async def _act(who: Somebody, act: str, visit: int) -> bool:
    if act in ("met", "missed"):
        return await _does(who, "complete_visit", id=visit, met=act == "met")
    return await _does(who, f"{act}_visit", id=visit)


async def _does(who: Somebody, tool: str, **given: Any) -> bool:
    try:
        await who.call(tool, **given)
    except Refused:
        return False
    return True
