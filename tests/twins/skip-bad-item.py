"""One item fails inside of the generator: it is reported and skipped."""
import asyncio

from twin import now, run, say


async def load(item, bad, delay):
    await asyncio.sleep(delay)
    if item == bad:
        raise ValueError(f"item {item} is damaged")
    return item


async def load_all(items, bad, delay, reports):
    for number in range(1, items + 1):
        try:
            item = await load(number, bad, delay)
        except ValueError as error:
            say(f"skipped: {error}")
            reports.append(str(error))
        else:
            yield item


async def main(items, bad, delay):
    loaded, reports = [], []
    async for item in load_all(items, bad, delay, reports):
        say(f"got item {item}")
        loaded.append(item)
    return {"items": loaded, "reports": reports, "total_s": now()}


run(main, items=4, bad=2, delay=0.1)
