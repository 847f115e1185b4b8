"""Fetches web pages, a few at a time, and takes them as they come: one that fails is a result like any other."""
import asyncio

from twin import now, run, say


async def get(number):
    """Gets a page from a web that is made up: each takes its own time, has its own length, and every fourth is missing."""
    await asyncio.sleep((100 + 70 * (number * 2 % 5)) / 1000)
    if number % 4 == 0:
        raise ConnectionError("no such page")
    return 400 + 300 * (number * 3 % 7)


under_way = 0


async def fetch(number, gate):
    """Fetches a page as soon as fewer than so many others are under way."""
    global under_way
    async with gate:
        under_way += 1
        in_flight, url = under_way, f"/{number}"
        say(f"fetch {url}")
        try:
            return url, await get(number), in_flight
        except Exception as error:
            return url, error, in_flight
        finally:
            under_way -= 1


async def main(concurrent, urls, min_length):
    gate = asyncio.Semaphore(concurrent)
    pages = []
    async with asyncio.TaskGroup() as group:
        fetches = [
            group.create_task(fetch(number, gate), name=f"fetch /{number}") for number in range(1, urls + 1)
        ]
        for fetched in asyncio.as_completed(fetches):
            url, length, in_flight = await fetched
            if isinstance(length, Exception):
                say(f"{url}: {type(length).__name__}: {length}")
            else:
                say(f"{url}: {length} characters")
            pages.append((url, length, in_flight))
    return {
        "completed": [url for url, _, _ in pages],
        "kept": [url for url, length, _ in pages if isinstance(length, int) and length >= min_length],
        "failed": [url for url, length, _ in pages if isinstance(length, Exception)],
        "max_in_flight": max(in_flight for _, _, in_flight in pages),
        "total_s": now(),
    }


run(main, concurrent=3, urls=5, min_length=1000)
