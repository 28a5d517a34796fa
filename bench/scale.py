"""From a hundred thousand properties to a million. `python -m bench.scale`."""

import asyncio

from bench import data, search, words
from bench.racing import Race, goal

SMALL, LARGE = 100_000, 1_000_000
GROWTH = 2.5


async def main(race: Race) -> None:
    said: list[str] = []
    async with data.server() as server:
        timed = Race(race.seconds, race.rounds, server.pid)
        figures = {
            count: await search.measure(count, timed, await data.generated(server, count))
            for count in (SMALL, LARGE)
        }
    for concurrency, small in figures[SMALL].items():
        large = figures[LARGE][concurrency]
        growth = large[search.OURS].p50_ms / small[search.OURS].p50_ms
        what = f"p50 at {LARGE:,} over {SMALL:,}, c={concurrency}"
        said.append(goal(f"{what}: ours, times", growth, most=GROWTH))
        plain = large[search.PLAIN].p50_ms / small[search.PLAIN].p50_ms
        said.append(f"        | {what}: the plain query, times: {plain:.2f}")
    print("\n" + "\n".join(said))
    await words.main([LARGE], race)


if __name__ == "__main__":
    given = search.options(__doc__).parse_args()
    asyncio.run(main(Race(given.seconds, given.rounds)))
