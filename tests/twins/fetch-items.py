"""Fetches item by item, each when the loop asks for it."""
import asyncio

from chance import Random
from twin import now, run, say


async def fetch(item, delay):
    say(f"fetching item {item}, which takes {round(delay * 1000)} ms")
    await asyncio.sleep(delay)
    return item


async def fetch_items(delays):
    for item, delay in enumerate(delays, 1):
        yield await fetch(item, delay)


async def main(items, seed):
    random = Random(seed)
    delays = [random.seconds(0.5, 2) for _ in range(items)]
    fetched = []
    async for item in fetch_items(delays):
        say(f"got item {item}")
        fetched.append(item)
    if items > 1:
        say("a loop awaits one fetch at a time: their delays add up")
    return {"items": fetched, "delays_s": delays, "total_s": now()}


run(main, items=5, seed=0)
