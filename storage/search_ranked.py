"""Ranking by meaning: full text and vectors, fused by reciprocal rank, over what the filters let through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from storage.engine import driver
from storage.search_counts import counts
from storage.search_filters import Filters, Where, matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

DEPTH: Final = 200
"""How many of each ranking are fused, and how many a frozen ranking keeps."""

SMOOTH: Final = 60
"""Reciprocal rank fusion's constant: how little the first places count more than the next."""


POOL: Final = 10_000
"""The most that are compared with a meaning, the most trustworthy first; the rest follow after them."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is looked for: words, and their vector by one model where there is one."""

    text: str
    model: str | None = None
    vector: Sequence[float] | None = None


async def fused(db: AsyncSession, filters: Filters, meaning: Meaning) -> list[int]:
    """Ids of the best matches, best first, at most `DEPTH`: those that the words or the vector bring up."""
    where = Where()
    pool = f"select property_id from {matching(filters, where)}"
    if (await counts(db)).estimate(filters, filters.cells()) > POOL:
        pool += f" order by score desc, property_id desc limit {POOL}"
    rankings = [_by_text(where, meaning.text)]
    if meaning.vector is not None:
        rankings.append(_by_vector(where, meaning))
    connection = await driver(db)
    rows = await connection.fetch(
        f"""with pool as materialized ({pool})
select property_id from ({" union all ".join(rankings)}) ranked
group by property_id order by sum(1.0 / ({SMOOTH} + rank)) desc, property_id desc limit {DEPTH}""",
        *where.params,
    )
    return [row[0] for row in rows]


async def mentions(db: AsyncSession, ids: Sequence[int], wishes: Sequence[str]) -> dict[int, list[bool]]:
    """For each property, which of these wishes its text mentions, in any form of the words."""
    connection = await driver(db)
    rows = await connection.fetch(
        _MENTIONS,
        list(ids),
        list(wishes),
    )
    return {row[0]: row[1] for row in rows}


def _by_text(where: Where, text: str) -> str:
    """Any of the words brings a property up; the rarer words and those in titles count more."""
    words = where.value(text, "text")
    return f"""(
  with asked as materialized (
    select string_agg(quote_literal(lexeme), ' | ')::tsquery as any_word
    from unnest(to_tsvector('english', {words}))
  )
  select t.property_id, row_number() over (
    order by ts_rank(t.words, (select any_word from asked), 1) desc, t.property_id desc) as rank
  from pool join property_texts t using (property_id)
  where t.words @@ (select any_word from asked)
  order by rank limit {DEPTH}
)"""


def _by_vector(where: Where, meaning: Meaning) -> str:
    model, vector = where.value(meaning.model, "text"), where.value(_written(meaning.vector or ()), "text")
    return f"""(
  with asked as materialized (select {vector}::halfvec as vector)
  select v.property_id, row_number() over (
    order by v.vector <#> (select vector from asked), v.property_id desc) as rank
  from pool join property_vectors v on v.property_id = pool.property_id and v.model = {model}
  order by rank limit {DEPTH}
)"""


def _written(vector: Sequence[float]) -> str:
    return f"[{','.join(f'{each:.5g}' for each in vector)}]"


_MENTIONS: Final = """
select property_id, array(
  select words @@ plainto_tsquery('english', wish)
  from unnest($2::text[]) with ordinality as wished (wish, place) order by place)
from property_texts where property_id = any($1::int8[])"""
