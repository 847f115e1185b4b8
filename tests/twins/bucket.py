"""The rules of loopscope::RateLimiter in Python, for a bucket of one token."""
import asyncio
from math import ceil

from twin import now


def nanoseconds():
    return round(now() * 1e9)


class Bucket:
    """Lets one pass, and the next one a while later: `rate` in a second. Strictly first come, first served."""

    def __init__(self, rate):
        self.period = ceil(1e9 / rate)  # rounded up, so that none is early
        self.next = 0
        self.front = asyncio.Semaphore(1)

    async def acquire(self):
        async with self.front:
            while (pause := self.next - nanoseconds()) > 0:
                await asyncio.sleep(pause / 1e9)
            self.next = nanoseconds() + self.period
