"""How much of an exact ranking the search by meaning finds, on real texts: `python -m bench.recall`."""

import asyncio
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bench import data
from bench.processes import ROOT
from bench.racing import goal
from servers import backfill
from servers.runtime import Runtime, running
from servers.settings import Settings
from storage.engine import driver
from storage.search_filters import Filters, Where, matching
from storage.search_ranked import SMOOTH, Meaning, fused
from tools.contract import GUEST, Call
from tools.discovery import phrases
from tools.discovery.importing.run import import_listings
from tools.discovery.locating import places
from tools.discovery.question import from_words, merged, question
from tools.discovery.search import SearchProperties

LISTINGS = ROOT.parent / "shared" / "data" / "gurugram_listings.csv.gz"
QUERIES = ROOT / "bench" / "queries.txt"
MADE_OF = (*data.SCHEMA, "tools/discovery/importing", "tools/discovery/vectors.py")
SHOWN = 20
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: the share of the exact first twenty that was found, and seconds each way."""

    words: str
    matches: int
    recall: float
    seconds: float
    exact_seconds: float


async def main(listings: Path = LISTINGS) -> None:
    async with data.server() as server:
        url = await data.kept(server, "listings", lambda url: _fill(url, listings), MADE_OF)
        async with running(_settings(url), migrates=False) as runtime:
            outcomes = [await _ask(runtime, line) for line in QUERIES.read_text().splitlines()]
    ranked = [each for each in outcomes if each.matches]
    for each in sorted(ranked, key=lambda each: each.recall)[:10]:
        print(f"{each.recall:5.2f}  {each.matches:5} matches  {each.words}")
    mean = statistics.mean(each.recall for each in ranked)
    fast = statistics.median(each.seconds for each in ranked) * 1000
    exact = statistics.median(each.exact_seconds for each in ranked) * 1000
    print(f"{len(ranked)} questions; median matches {statistics.median(each.matches for each in ranked)}")
    print(f"median time in the database: {fast:.1f} ms, exact {exact:.1f} ms")
    print(goal(f"mean recall@{SHOWN}", mean, least=0.95))


def _settings(url: str) -> Settings:
    return Settings.model_validate({"database_url": url, "home": data.HOME, "vectors": False})


async def _fill(url: str, listings: Path) -> None:
    async with running(_settings(url), migrates=True) as runtime:
        await import_listings(runtime.database, listings, "listings")

        def told(made: int, remaining: int) -> None:
            print(f"\rComputing vectors, {remaining} to go   ", end="", flush=True)

        await backfill.fill(runtime, told)
        print()


async def _ask(runtime: Runtime, words: str) -> Outcome:
    async with runtime.database.reading() as db:
        filters, text = await _understood(runtime, db, words)
        vector = await runtime.ports.embedder.query(text)
        meaning = Meaning(text, runtime.ports.embedder.model, vector)
        fast: list[float] = []
        found: list[int] = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            found = await fused(db, filters, meaning)
            fast.append(time.perf_counter() - began)
        began = time.perf_counter()
        best, matches = await exact(db, filters, meaning)
        took = time.perf_counter() - began
    recall = len({*found[:SHOWN]} & {*best}) / max(len(best), 1)
    return Outcome(words, matches, recall, statistics.median(fast), took)


async def _understood(runtime: Runtime, db: AsyncSession, words: str) -> tuple[Filters, str]:
    """The filters that the product reads from these words, and the text it ranks by."""
    call = Call(viewer=GUEST, db=db, ports=runtime.ports, catalog=runtime.catalog, surface="cli")
    known, gazetteer = await places(call)
    read = phrases.read(words, gazetteer)
    ask = SearchProperties(words=words)
    asked, _ = merged(ask, from_words(read)[0], ())
    asking = question(ask, read, None, asked, known, gazetteer)
    return asking.filters, asking.text or words


async def exact(db: AsyncSession, filters: Filters, meaning: Meaning) -> tuple[list[int], int]:
    """The first of the same fusion over whole lists: every match ranked by text and by vector."""
    where = Where()
    pool = f"select property_id from {matching(filters, where)}"
    words = where.value(meaning.text, "text")
    model = where.value(meaning.model, "text")
    vector = where.value(f"[{','.join(map(str, meaning.vector or ()))}]", "text")
    connection = await driver(db)
    rows = await connection.fetch(
        f"""with pool as materialized ({pool}),
asked as materialized (
  select {vector}::halfvec as vector, (
    select string_agg(quote_literal(lexeme), ' | ')::tsquery from unnest(to_tsvector('english', {words}))
  ) as words
),
ranked as (
  select property_id, row_number() over (
    order by ts_rank(t.words, (select words from asked), 1) desc, property_id desc) as rank
  from pool join property_texts t using (property_id) where t.words @@ (select words from asked)
  union all
  select property_id, row_number() over (
    order by v.vector <#> (select vector from asked), property_id desc) as rank
  from pool join property_vectors v using (property_id) where v.model = {model}
)
select property_id, (select count(*) from pool) from ranked
group by property_id order by sum(1.0 / ({SMOOTH} + rank)) desc, property_id desc limit {SHOWN}""",
        *where.params,
    )
    return [row[0] for row in rows], rows[0][1] if rows else 0


if __name__ == "__main__":
    asyncio.run(main())
