"""Mixing: no property twice, not all alike, something for whoever is new, whatever was found."""

from collections import Counter
from math import ceil
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import listings
from storage.recommending import Candidate, Liking
from storage.search_filters import Circle, Filters, Inside
from tools.discovery.mixing import A_SOCIETY, COLD, SIDES, WARM, Because, Next, learned, mixed

CANDIDATES = st.lists(
    st.builds(
        Candidate,
        property_id=st.integers(1, 10_000),
        sources=st.lists(st.sampled_from(SIDES), min_size=1, unique=True).map(tuple),
        locality_id=st.none() | st.integers(1, 4),
        society_id=st.none() | st.integers(1, 6),
        score=st.integers(0, 1000),
        likes=st.integers(0, 50),
        heat=st.floats(0, 1e6),
        similarity=st.none() | st.floats(-1, 1.3),
        like=st.none() | st.integers(1, 100),
    ),
    max_size=25,
    unique_by=lambda each: each.property_id,
)
PATIENTLY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LIMITS = st.integers(1, 20)
TURNS = st.sampled_from([WARM, COLD])


def societies(chosen: list[Next]) -> Counter[int]:
    return Counter(each.candidate.society_id for each in chosen if each.candidate.society_id is not None)


@PATIENTLY
@given(CANDIDATES, LIMITS, TURNS)
def test_nothing_comes_twice_and_no_place_stays_empty_while_there_is_something(
    found: list[Candidate], limit: int, turns: tuple[Because, ...]
) -> None:
    ids = [each.candidate.property_id for each in mixed(found, limit, turns, "seed")]
    assert len(ids) == len(set(ids)) == min(limit, len(found))
    assert set(ids) <= {each.property_id for each in found}


@PATIENTLY
@given(CANDIDATES, LIMITS, TURNS)
def test_each_is_chosen_for_a_reason_that_it_has(
    found: list[Candidate], limit: int, turns: tuple[Because, ...]
) -> None:
    assert all(each.because in each.candidate.sources for each in mixed(found, limit, turns, "seed"))


@PATIENTLY
@given(CANDIDATES, LIMITS, TURNS)
def test_one_society_has_two_at_most_while_there_are_others(
    found: list[Candidate], limit: int, turns: tuple[Because, ...]
) -> None:
    chosen = mixed(found, limit, turns, "seed")
    often = {society for society, number in societies(chosen).items() if number > A_SOCIETY}
    taken = {each.candidate.property_id for each in chosen}
    left = [each for each in found if each.property_id not in taken]
    full = societies(chosen)
    assert not often or all(full[each.society_id or 0] >= A_SOCIETY for each in left)


@PATIENTLY
@given(CANDIDATES, LIMITS, TURNS, st.randoms())
def test_the_order_in_which_they_were_found_means_nothing(
    found: list[Candidate], limit: int, turns: tuple[Because, ...], draw: Random
) -> None:
    shuffled = sorted(found, key=lambda _: draw.random())
    assert mixed(found, limit, turns, "seed") == mixed(shuffled, limit, turns, "seed")


def home(
    number: int, *sources: str, similarity: float | None = None, locality: int | None = None
) -> Candidate:
    return Candidate(number, sources, locality, None, 500, 0, 0.0, similarity, None)


def test_one_in_five_is_something_else_and_the_likest_comes_first() -> None:
    alike = [home(number, "taste", similarity=number / 100) for number in range(1, 20)]
    other = [home(number, "explore") for number in range(100, 120)]
    chosen = mixed([*alike, *other], 10, WARM, "seed")
    assert Counter(each.because for each in chosen)["explore"] >= 2
    assert chosen[0].candidate.property_id == 19


def test_one_locality_has_half_of_them_while_there_are_others() -> None:
    found = [home(number, "wanted", locality=1) for number in range(20)]
    found += [home(number, "wanted", locality=number) for number in range(50, 60)]
    chosen = mixed(found, 10, COLD, "seed")
    assert sum(each.candidate.locality_id == 1 for each in chosen) <= ceil(10 / 2)


def liking(price: int, purpose: str = "rent", bedrooms: int | None = 2, lat: float | None = 28.45) -> Liking:
    return Liking(1, 1.0, True, purpose, bedrooms, price, lat, None if lat is None else 77.05)


@PATIENTLY
@given(
    st.lists(st.builds(liking, st.integers(1, 10**8), st.sampled_from(listings.PURPOSES)), max_size=24),
    st.none() | st.integers(1, 10**8),
    st.none() | st.integers(1, 10**8),
)
def test_what_is_learned_stays_within_what_is_asked(
    likings: list[Liking], least: int | None, most: int | None
) -> None:
    if least is not None and most is not None and least > most:
        least, most = most, least
    asked = Filters(price_min=least, price_max=most)
    found = learned(asked, likings, listings.PURPOSES)
    assert (found is None) == (not likings)
    if found is not None:
        assert least is None or (found.price_min or 0) >= least
        assert most is None or (found.price_max is not None and found.price_max <= most)
        assert (found.price_min or 0) <= (found.price_max or 10**12)


def test_what_is_learned_is_a_purpose_a_band_of_prices_rooms_and_where() -> None:
    likings = [liking(30_000), liking(32_000, bedrooms=3), liking(9_000_000, "buy")]
    found = learned(Filters(), likings, listings.PURPOSES)
    assert found is not None
    assert (found.purposes, found.bedrooms) == ((1,), (2, 3))
    assert (found.price_min, found.price_max) == (22_500, 41_600)
    assert found.circles == (Circle(28.45, 77.05, 3000.0),)


def test_where_a_place_is_asked_for_none_is_learned() -> None:
    asked = Filters(inside=(Inside(sectors=(7,)),), bedrooms=(4,))
    found = learned(asked, [liking(30_000)], listings.PURPOSES)
    assert found is not None
    assert (found.circles, found.inside, found.bedrooms) == ((), asked.inside, (4,))
