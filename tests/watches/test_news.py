"""The diff engine: whatever happens, and however often one looks, each difference is told once."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from storage.watched import Known
from tools.watches.news import moved, news, standing

PRICES = st.integers(1, 4).map(Decimal)
FACTS = st.dictionaries(
    st.integers(1, 5), st.builds(Known, st.sampled_from(["live", "paused", "gone"]), PRICES), max_size=5
)
STEPS = st.lists(st.tuples(FACTS, st.sets(st.integers(1, 5))), min_size=1, max_size=8)


def fitting(facts: dict[int, Known], meets: set[int]) -> dict[int, Decimal]:
    return {id_: each.price for id_, each in facts.items() if each.status == "live" and id_ in meets}


def stepped(
    state: dict[int, Known], facts: dict[int, Known], meets: set[int]
) -> tuple[dict[int, Known], list[tuple[int, str]]]:
    stands = standing(state, facts, fitting(facts, meets))
    return state | stands, [(each.property_id, each.kind) for each in news(state, stands)]


@given(steps=STEPS)
def test_looking_twice_tells_nothing_twice(steps: list[tuple[dict[int, Known], set[int]]]) -> None:
    state: dict[int, Known] = {}
    for facts, meets in steps:
        state, _ = stepped(state, facts, meets)
        assert stepped(state, facts, meets) == (state, [])


@given(steps=STEPS)
def test_what_is_known_afterwards_is_how_things_are(
    steps: list[tuple[dict[int, Known], set[int]]],
) -> None:
    state: dict[int, Known] = {}
    for facts, meets in steps:
        state, _ = stepped(state, facts, meets)
        assert {id_: each.price for id_, each in state.items() if each.status == "live"} == fitting(
            facts, meets
        )


@given(steps=STEPS)
def test_the_news_by_itself_says_what_is_on_offer_and_at_which_price(
    steps: list[tuple[dict[int, Known], set[int]]],
) -> None:
    state: dict[int, Known] = {}
    heard: dict[int, Decimal] = {}
    for facts, meets in steps:
        stands = standing(state, facts, fitting(facts, meets))
        told = news(state, stands)
        assert len({each.property_id for each in told}) == len(told)
        for each in told:
            if each.kind in ("new", "back"):
                assert each.property_id not in heard
                assert each.after is not None
                heard[each.property_id] = each.after
            elif each.kind in ("price_down", "price_up"):
                assert each.after is not None
                assert (heard[each.property_id] > each.after) == (each.kind == "price_down")
                heard[each.property_id] = each.after
            else:
                heard.pop(each.property_id, None)
        state |= stands
        assert heard == fitting(facts, meets)


@given(steps=STEPS, cuts=st.sets(st.integers(0, 7)))
def test_whoever_looks_seldom_ends_up_knowing_the_same(
    steps: list[tuple[dict[int, Known], set[int]]], cuts: set[int]
) -> None:
    often: dict[int, Known] = {}
    seldom: dict[int, Known] = {}
    for at, (facts, meets) in enumerate(steps):
        often, _ = stepped(often, facts, meets)
        if at in cuts or at == len(steps) - 1:
            seldom, _ = stepped(seldom, facts, meets)
    live = [{id_: each for id_, each in state.items() if each.status == "live"} for state in (often, seldom)]
    assert live[0] == live[1]


@given(known=st.integers(1, 10**7).map(Decimal), by=st.integers(-100, 100))
def test_a_median_is_news_from_two_in_a_hundred_on(known: Decimal, by: int) -> None:
    median = known * (1000 + by) / 1000
    kind = moved(known, median)
    assert kind == (None if abs(by) < 20 else "price_up" if by > 0 else "price_down")
    assert moved(median, median) is None
