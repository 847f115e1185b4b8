"""Works through many items in batches: those of a batch together, a pause before the next one."""
import asyncio

from twin import now, run, say


async def send(item, takes, fails):
    await asyncio.sleep(takes)
    if fails:
        raise ConnectionError(f"item {item} is lost")
    return item


async def main(items, batch, pause, request, fail_every):
    items = range(1, items + 1)
    batches = done = 0
    for start in range(0, len(items), batch):
        if batches > 0:
            await asyncio.sleep(pause)  # before every batch but the first, so none comes after the last
        batches += 1
        requests = []
        for item in items[start : start + batch]:
            fails = fail_every > 0 and item % fail_every == 0
            requests.append(asyncio.create_task(send(item, request, fails), name=f"item {item}"))
        results = await asyncio.gather(*requests, return_exceptions=True)
        good = sum(not isinstance(result, BaseException) for result in results)  # the failures are dropped
        say(f"batch {batches}: {good} of {len(results)} done")
        done += good
    return {"batches": batches, "done": done, "dropped": len(items) - done, "total_s": now()}


run(main, items=50, batch=5, pause=2, request=0.1, fail_every=0)
