"""Makes a context manager from an async generator with one yield: set up, hand over, tear down."""
import asyncio
from contextlib import asynccontextmanager

from twin import now, run, say

steps = []


def take(step):
    say(step)
    steps.append(step)


@asynccontextmanager
async def connection(setup, teardown):
    await asyncio.sleep(setup)
    take("setup")
    try:
        yield "a connection"  # the body runs while the generator stands here
    finally:
        await asyncio.sleep(teardown)
        take("teardown")


async def main(setup, teardown):
    async with connection(setup, teardown) as value:
        take("body")
        say(f"the body got {value}")
    return {"order": steps, "value": value, "total_s": now()}


run(main, setup=1, teardown=0.5)
