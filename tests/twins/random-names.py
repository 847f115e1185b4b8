"""Fetches names that chance picks: in a loop, in a comprehension, and all together."""
import asyncio

from chance import Random
from twin import now, run, say

NAMES = ["Ada", "Bela", "Chidi", "Dorit", "Emre", "Freya", "Goro", "Hana"]


async def fetch_name(delay, chance):
    await asyncio.sleep(delay)
    return NAMES[chance.below(len(NAMES))]


async def names(total, delay, chance):
    for _ in range(total):
        yield await fetch_name(delay, chance)


def fetched(how, names, start):
    """Tells what was fetched, and how long it took."""
    say(f"{how}: {', '.join(names)}")
    return {"names": names, "total_s": now() - start}


async def main(total, delay, seed):
    chance = Random(seed)

    start = now()
    in_loop = []
    async for name in names(total, delay, chance):
        in_loop.append(name)
    in_loop = fetched("loop", in_loop, start)

    start = now()
    comprehension = [name async for name in names(total, delay, chance)]
    comprehension = fetched("comprehension", comprehension, start)

    start = now()
    fetches = [asyncio.create_task(fetch_name(delay, chance), name=f"fetch {n + 1}") for n in range(total)]
    together = await asyncio.gather(*fetches)
    together = fetched("together", together, start)

    return {"loop": in_loop, "comprehension": comprehension, "together": together}


run(main, total=10, delay=0.2, seed=0)
