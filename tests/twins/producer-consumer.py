"""A producer and a consumer with a queue between them that has little room."""
import asyncio

from twin import now, run, say


async def producer(queue, items, pause):
    blocked = 0
    for item in range(1, items + 1):
        await asyncio.sleep(pause)
        say(f"made {item}")
        asked = now()
        await queue.put(item)
        blocked += now() - asked
    return blocked


async def consumer(queue, items, pause):
    received, starved = [], 0
    for _ in range(items):
        asked = now()
        item = await queue.get()
        starved += now() - asked
        say(f"got {item}")
        await asyncio.sleep(pause)
        received.append(item)
    return received, starved


async def main(items, produce, consume, capacity):
    queue = asyncio.Queue(capacity)
    async with asyncio.TaskGroup() as group:
        producing = group.create_task(producer(queue, items, produce))
        consuming = group.create_task(consumer(queue, items, consume))
        blocked = await producing
        received, starved = await consuming
    return {
        "received": received,
        "blocked_s": blocked,
        "starved_s": starved,
        "total_s": now(),
    }


run(main, items=12, produce=0.1, consume=0.3, capacity=3)
