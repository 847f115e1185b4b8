"""Asks a server for page after page, not faster than a token bucket lets it, and works on the items meanwhile."""
import asyncio

from bucket import Bucket
from twin import now, run, say


class Client:
    """Requests to a server, each of which takes a token."""

    def __init__(self, bucket, takes):
        self.bucket, self.takes, self.requests = bucket, takes, []

    async def request(self, page):
        """Waits until there is a token in the bucket, and makes a request."""
        await self.bucket.acquire()
        self.requests.append(now())
        say(f"request page {page}")
        await asyncio.sleep(self.takes)

    async def pages(self, pages, page_size):
        """Yields the pages, each a list of items, as they are asked for."""
        for page in range(pages):
            await self.request(page + 1)
            first = page * page_size + 1
            yield list(range(first, first + page_size))


async def work_on(items, process):
    for item in items:
        await asyncio.sleep(process)
        say(f"item {item} is processed")
    return len(items)


async def main(rate, pages, page_size, request, process):
    client = Client(Bucket(rate), request)
    work = []
    async with asyncio.TaskGroup() as group:
        async for items in client.pages(pages, page_size):
            name = f"page {len(work) + 1}"
            work.append(group.create_task(work_on(items, process), name=name))  # and on to the next request
    items = sum([await page for page in work])
    return {"items": items, "requests_s": client.requests, "total_s": now()}


run(main, rate=2, pages=6, page_size=3, request=0.2, process=0.1)
