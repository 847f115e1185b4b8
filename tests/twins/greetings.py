"""Starts two tasks together: the one that has less to wait for ends first, whichever was started first."""
import asyncio

from twin import now, run, say


async def greet(name, delay):
    say(f"{name}: hello")
    await asyncio.sleep(delay)
    say(f"{name}: goodbye")
    return name


async def main(first, second):
    start = now()
    delays = {"first": first, "second": second}
    tasks = [asyncio.create_task(greet(name, delay), name=name) for name, delay in delays.items()]
    order = [await ended for ended in asyncio.as_completed(tasks)]
    return {"order": order, "total_s": now() - start}


run(main, first=2, second=1)
