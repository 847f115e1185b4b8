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
        self.is_closed = False
        self.all_back = asyncio.Event()

    def check_open(self):
        if self.is_closed:
            raise RuntimeError("the pool is closed")

    @asynccontextmanager
    async def acquire(self):
        self.check_open()
        async with self.permits:
            self.check_open()
            item = self.idle.popleft()
            self.held += 1
            try:
                yield item
            finally:
                self.idle.append(item)
                self.held -= 1
                if self.held == 0:
                    self.all_back.set()

    async def drain(self):
        """Closes the pool, and waits until everything is back."""
        self.is_closed = True
        while self.held:
            self.all_back.clear()
            await self.all_back.wait()
        return list(self.idle)


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
    tasks = [
        asyncio.create_task(query(pool, number, random.seconds(0.1, 0.5)), name=f"query {number}")
        for number in range(1, queries + 1)
    ]
    try:
        held = await asyncio.gather(*tasks)
    finally:
        back = await pool.drain()
        say(f"{len(back)} connections are back")
    return {
        "served": served,
        "max_held": max(held),
        "held_after": pool.held,
        "total_s": now(),
    }


run(main, connections=3, queries=5, seed=0)
