"""Many queries share a few connections: who finds none free waits in line until one comes back."""
import asyncio
from collections import deque
from contextlib import asynccontextmanager

from chance import Random
from twin import now, run, say


class Pool:
    """Lends things, strictly first come, first served; the one that lay idle the longest first."""

    def __init__(self, items):
        self.idle = deque(items)
        self.held = 0
        self.permits = asyncio.Semaphore(len(self.idle))

    @asynccontextmanager
    async def acquire(self):
        async with self.permits:
            item = self.idle.popleft()
            self.held += 1
            try:
                yield item
            finally:
                self.idle.append(item)
                self.held -= 1


served = []


async def query(pool, number, takes):
    """Gives how many connections were lent while it had one."""
    async with pool.acquire() as connection:
        held = pool.held
        served.append(number)
        say(f"query {number} has connection {connection}")
        await asyncio.sleep(takes)
        say(f"query {number} is done")
        return held


async def main(connections, queries, seed):
    random = Random(seed)
    pool = Pool(range(1, connections + 1))
    async with asyncio.TaskGroup() as group:
        queries = [
            group.create_task(query(pool, number, random.seconds(0.1, 0.5)), name=f"query {number}")
            for number in range(1, queries + 1)
        ]
    return {
        "served": served,
        "max_held": max(query.result() for query in queries),
        "held_after": pool.held,
        "total_s": now(),
    }


run(main, connections=3, queries=5, seed=0)
