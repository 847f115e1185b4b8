"""The same wait in three ways beside a heartbeat: as a call that blocks, awaited, and moved off the loop."""
import asyncio

import twin
from twin import now, offload_block, run, say


class Longest:
    seconds = 0


async def heartbeat(beat, longest):
    """Beats for ever, and notes the longest time between two beats."""
    while True:
        last = now()
        await asyncio.sleep(beat)
        longest.seconds = max(longest.seconds, now() - last)


async def measure(name, beat, wait):
    """Waits in one way or another; gives the longest time for which the heart stood still meanwhile."""
    longest = Longest()
    heart = asyncio.create_task(heartbeat(beat, longest), name="heart")
    await asyncio.sleep(0)  # it starts
    await wait
    await asyncio.sleep(beat)  # and beats once more
    heart.cancel()
    say(f"{name}: the heart stood still for up to {round(longest.seconds * 1000)} ms")
    return {"max_gap_s": longest.seconds}


async def main(block, beat):
    async def blocking():
        twin.block(block)

    return {
        "blocking": await measure("blocking", beat, blocking()),
        "awaited": await measure("awaited", beat, asyncio.sleep(block)),
        "offloaded": await measure("offloaded", beat, offload_block(block)),
    }


run(main, block=1, beat=0.1)
