"""Cleans up when the time is up, when it is cancelled, and when it is cancelled once more while it cleans up."""
import asyncio
from contextlib import asynccontextmanager

from twin import now, run, say

cleaned, interrupted = [], []


@asynccontextmanager
async def room(name, cleanup):
    """A room that is cleaned when it is left, however that comes."""
    try:
        yield
    finally:
        say(f"cleaning the {name}")
        try:
            await asyncio.sleep(cleanup)
        except asyncio.CancelledError:
            say(f"interrupted in the {name}")
            interrupted.append(name)
            raise
        say(f"the {name} is clean")
        cleaned.append(name)


async def in_a_room(work, cleanup):
    async with room("room", cleanup):
        await work


async def work_in_two_rooms(work, cleanup):
    async with room("outer room", cleanup), room("inner room", cleanup):
        await asyncio.sleep(work)


async def with_a_timeout(limit, work):
    async with asyncio.timeout(limit):
        await asyncio.sleep(work)


async def end(task, start):
    """Waits for the end of a task, and tells what it was."""
    [ended] = await asyncio.gather(task, return_exceptions=True)
    outcome = type(ended).__name__ if isinstance(ended, BaseException) else "finished"
    say(f"{task.get_name()}: {outcome}")
    told = {"outcome": outcome, "cleaned": cleaned[:], "interrupted": interrupted[:], "total_s": now() - start}
    cleaned.clear()
    interrupted.clear()
    return told


async def main(timeout, work, cleanup):
    early = min(timeout, work / 2)  # the work is not done by then

    start = now()
    limited = with_a_timeout(timeout, work)  # the cleaning has no limit
    task = asyncio.create_task(in_a_room(limited, cleanup), name="with a timeout")
    timed_out = await end(task, start)

    start = now()
    task = asyncio.create_task(in_a_room(asyncio.sleep(work), cleanup), name="cancelled")
    await asyncio.sleep(early)
    task.cancel()
    cancelled = await end(task, start)

    start = now()
    task = asyncio.create_task(work_in_two_rooms(work, cleanup), name="cancelled twice")
    await asyncio.sleep(early)
    task.cancel()
    await asyncio.sleep(cleanup / 2)
    task.cancel()
    cancelled_twice = await end(task, start)

    return {"timeout": timed_out, "cancel": cancelled, "second_cancel": cancelled_twice}


run(main, timeout=5, work=60, cleanup=1)
