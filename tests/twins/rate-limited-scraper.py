"""Scrapes a shop: list after list, and the page of each item, in one session and never too fast."""
import asyncio
from contextlib import asynccontextmanager

from bucket import Bucket
from twin import now, run, say


class Session:
    """One session for all requests, with when they were made, and how often it was closed."""

    def __init__(self, interval, missing):
        self.interval, self.missing, self.requests, self.closed = interval, missing, [], 0

    async def get(self, path):
        await self.interval.acquire()
        self.requests.append(now())
        say(f"get {path}")
        await asyncio.sleep(0.1)
        if path == self.missing:
            raise ConnectionError(path)


@asynccontextmanager
async def opened(session):
    """Hands the session over, and closes it whatever happens."""
    try:
        yield
    finally:
        session.closed += 1
        say("the session is closed")


async def items(session, pages, empty_page):
    """Yields the items of all lists, two of each. A list that fails is skipped, an empty one is the last."""
    for page in range(1, pages + 1):
        try:
            await session.get(f"/list/{page}")
        except ConnectionError as error:
            say(f"skipped: no answer from {error}")
            continue
        if page == empty_page:
            break
        for item in 2 * page - 1, 2 * page:
            await session.get(f"/item/{item}")
            yield item


async def main(rate, pages, fail_page, empty_page):
    session = Session(Bucket(rate), missing=f"/list/{fail_page}")
    async with opened(session):
        scraped = [item async for item in items(session, pages, empty_page)]
    return {
        "items": scraped,
        "requests_s": session.requests,
        "closed": session.closed,
        "total_s": now(),
    }


run(main, rate=2, pages=3, fail_page=0, empty_page=0)
