"""The life of a listing as a machine: whoever does what in whatever order, it is where the rules say."""

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.account.conftest import Somebody
from tests.street import Street
from tools.refusals import Refused

STATUSES = ("draft", "review", "live", "paused", "rented", "sold", "archived")
HANDS = ("owner", "carer", "stranger")
ACTS = st.one_of(
    st.tuples(st.just("set"), st.sampled_from(HANDS), st.sampled_from(STATUSES)),
    st.tuples(st.just("set"), st.just("owner"), st.sampled_from(("review", "live", "paused"))),
    st.tuples(
        st.just("decide"), st.sampled_from(("reviewer", "owner")), st.sampled_from(("approve", "reject"))
    ),
    st.tuples(st.just("decide"), st.just("reviewer"), st.just("approve")),
    st.tuples(st.just("edit"), st.sampled_from(HANDS), st.sampled_from(("sector", "price"))),
    st.tuples(st.just("renew"), st.sampled_from(HANDS), st.none()),
)
AFTER = {
    "draft": "review archived", "review": "draft live archived", "live": "paused rented archived review",
    "paused": "live review rented archived", "rented": "live review archived", "archived": "draft",
}  # fmt: skip
"""What may follow by the hands of whoever looks after a home to let, as it is told to people."""


@dataclass
class Model:
    """What the listing should be."""

    status: str = "draft"
    sector: int = 57
    approved: int | None = None
    submission: int = 0
    by: str = ""

    def does(self, act: str, who: str, what: Any) -> bool:
        """Whether somebody may do this now; what becomes of it then."""
        if who == "stranger":
            return False
        acts = {"set": self._set, "decide": self._decide, "edit": self._edit, "renew": self._renew}
        return acts[act](who, what)

    def _set(self, who: str, what: str) -> bool:
        as_approved = self.approved == self.sector
        if what not in AFTER[self.status].split() or (what == "live" and not as_approved):
            return False
        if what == "review" and as_approved:
            return False
        return self._is(what, who)

    def _decide(self, who: str, what: str) -> bool:
        if self.status != "review" or who == "owner" or self.by == who:
            return False
        self.approved = self.sector if what == "approve" else None
        return self._is("live" if what == "approve" else "archived", who)

    def _edit(self, who: str, what: str) -> bool:
        if what == "sector":
            self.sector = 45 if self.sector == 57 else 57
        if self.status == "live" and self.sector != self.approved:
            self._is("review", who)
        elif self.status == "review" and self.sector == self.approved:
            self._is("live", who)
        return True

    def _renew(self, _who: str, _what: None) -> bool:
        return self.status == "live"

    def _is(self, status: str, who: str) -> bool:
        self.status = status
        if status == "review":
            self.submission, self.by = self.submission + 1, who
        return True


@settings(
    max_examples=14,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(ACTS, min_size=3, max_size=10))
async def test_a_listing_is_always_where_the_rules_say(
    acts: list[tuple[str, str, Any]],
    asha: Somebody,
    ravi: Somebody,
    meera: Somebody,
    dev: Somebody,
    street: Street,
) -> None:
    await street.run("update properties set status = 'archived', owner_id = null where source = 'owner'")
    await street.run("delete from property_search")
    made = await asha.call("draft_listing", words="2 bhk apartment in sector 57 for rent 30000")
    await street.give(made.id, dev)
    hands = {"owner": asha, "carer": dev, "stranger": ravi, "reviewer": meera}
    model = Model()
    for act, who, what in acts:
        given_ = {"id": made.id, "submission": max(model.submission, 1)}
        should = model.does(act, who, what)
        assert await _does(hands[who], act, what, given_, model) == should, (act, who, what)
        (status,) = await street.ask("select status from properties where id = :id", id=made.id)
        assert status == model.status, (act, who, what)
        searched = [each.id for each in (await ravi.call("search_properties", purpose="rent")).items]
        assert searched == [made.id] * (model.status == "live")
    if model.status != "archived":
        told = await asha.call("get_listing", id=made.id)
        assert set(told.possible) == {each for each in STATUSES if replace(model).does("set", "owner", each)}
        steps = told.history[::-1]
        assert [step.was for step in steps[1:]] == [step.now for step in steps[:-1]]


async def _does(somebody: Somebody, act: str, what: Any, given: dict[str, int], model: Model) -> bool:
    listing = {"id": given["id"]}
    try:
        if act == "set":
            await somebody.call("change_listing_status", **listing, status=what)
        elif act == "decide":
            await somebody.call("review_listing", **given, decision=what, reason="So it is.")
        elif act == "renew":
            await somebody.call("renew_listing", **listing)
        elif what == "sector":
            await somebody.call("update_listing", **listing, sector=f"Sector {model.sector}")
        else:
            await somebody.call("update_listing", **listing, price=31000 + model.submission)
    except Refused:
        return False
    return True
