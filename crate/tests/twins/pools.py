"""The twins of ../pools/stories.rs. Needs CPython 3.13.

asyncio has neither a pool nor a rate limiter: these are what one writes with what it has.
"""
import asyncio
from collections import deque
from contextlib import asynccontextmanager

from loop import drive


def say(text):
    print(f"{asyncio.get_running_loop().time():.3f} {text}")


class Pool:
    def __init__(self, items):
        self.idle = deque(items)
        self.permits = asyncio.Semaphore(len(self.idle))

    @asynccontextmanager
    async def acquire(self):
        async with self.permits:
            item = self.idle.popleft()
            try:
                yield item
            finally:
                self.idle.append(item)


class RateLimiter:
    """All times are multiples of 1/32 s: exact in binary, and never the same for two timers."""

    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.level, self.at = burst, 0
        self.front = asyncio.Semaphore(1)

    def take(self):
        now = asyncio.get_running_loop().time()
        self.level = min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now
        if self.level >= 1:
            self.level -= 1
            return 0
        return (1 - self.level) / self.rate

    async def acquire(self):
        async with self.front:
            while pause := self.take():
                await asyncio.sleep(pause)


async def queries():
    """Queries over three connections: one fails, one is stopped while it waits, one while it runs."""
    pool = Pool(["c0", "c1", "c2"])

    async def query(i, length):
        try:
            say(f"{i} asks")
            async with pool.acquire() as connection:
                say(f"{i} has {connection}")
                await asyncio.sleep(length)
                if i == 4:
                    raise ValueError("broken")
            say(f"{i} is done")
        except asyncio.CancelledError:
            say(f"{i} is stopped")
            raise
        except ValueError:
            say(f"{i} failed")

    lengths = [1.125, 0.75, 2.5, 1, 0.375, 3, 0.625, 1.5, 0.25, 0.5]
    tasks = [asyncio.create_task(query(i, length)) for i, length in enumerate(lengths)]
    await asyncio.sleep(0.5)
    tasks[6].cancel()
    await asyncio.sleep(0.875)
    tasks[2].cancel()
    tasks[7].cancel()
    for i, task in enumerate(tasks):
        try:
            await task
        except asyncio.CancelledError:
            say(f"without {i}")
    say(" ".join(pool.idle))


async def requests():
    """Four requests a second and two at once: some come early, some are stopped, and there is a pause."""
    limiter = RateLimiter(4, 2)

    async def request(i, pause):
        try:
            await asyncio.sleep(pause)
            await limiter.acquire()
            say(f"{i} goes")
        except asyncio.CancelledError:
            say(f"{i} is stopped")

    pauses = [0, 0, 0, 0.125, 0, 0.375, 0, 2.5, 2.53125, 2.59375, 2.625, 5, 5.125, 5.15625]
    tasks = [asyncio.create_task(request(i, pause)) for i, pause in enumerate(pauses)]
    await asyncio.sleep(0.15625)
    tasks[2].cancel()
    await asyncio.sleep(0.25)
    tasks[6].cancel()
    await asyncio.sleep(0.125)
    tasks[4].cancel()
    for task in tasks:
        await task
    say("over")


for program in (queries, requests):
    print(f"# {program.__name__}")
    drive(program())
