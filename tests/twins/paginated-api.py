"""Goes through the pages of an API item by item, in a session that is closed however the reading ends."""
import asyncio
from contextlib import aclosing, asynccontextmanager

from twin import now, run, say


class Session:
    def __init__(self, pages, page_size, fetch):
        self.pages = pages
        self.page_size = page_size
        self.fetch = fetch
        self.fetched = 0
        self.closed = False

    async def page(self, page):
        say(f"fetching page {page}")
        await asyncio.sleep(self.fetch)
        self.fetched += 1
        last = page * self.page_size
        return range(last - self.page_size + 1, last + 1), page + 1 if page < self.pages else None


@asynccontextmanager
async def open_session(session):
    say("session open")
    try:
        yield
    finally:
        session.closed = True
        say("session closed")


async def all_items(session):
    async with open_session(session):
        page = 1
        while page is not None:
            items, page = await session.page(page)
            for item in items:
                yield item


async def main(pages, page_size, fetch, process, stop_after):
    session = Session(pages, page_size, fetch)
    items = []
    async with aclosing(all_items(session)) as source:
        async for item in source:
            await asyncio.sleep(process)
            say(f"processed item {item}")
            items.append(item)
            if len(items) == stop_after:
                break
    return {
        "items": items,
        "pages_fetched": session.fetched,
        "closed": session.closed,
        "total_s": now(),
    }


run(main, pages=5, page_size=3, fetch=0.3, process=0.1, stop_after=0)
