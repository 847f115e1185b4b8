"""Counts to a limit with a pause before each number."""
import asyncio

from twin import now, run, say


async def count_to(limit, delay):
    for number in range(1, limit + 1):
        await asyncio.sleep(delay)
        yield number


async def main(limit, delay):
    values = []
    async for number in count_to(limit, delay):
        say(f"got {number}")
        values.append(number)
    return {"values": values, "total_s": now()}


run(main, limit=3, delay=0.5)
