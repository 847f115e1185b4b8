"""Wraps any async generator to count its items and to time the waits for them, however the reading ends."""
import asyncio
from contextlib import aclosing

from twin import now, run, say


class Monitor:
    items = 0
    total = 0


async def monitored(source, monitor):
    while True:
        asked = now()
        try:
            item = await anext(source)
        except StopAsyncIteration:
            return
        finally:
            monitor.total += now() - asked
        monitor.items += 1
        yield item


async def slower_and_slower(items, base, step):
    pause = base
    for item in range(1, items + 1):
        await asyncio.sleep(pause)
        yield item
        pause += step


async def read(source, middle, reader):
    monitor = Monitor()
    try:
        async with aclosing(monitored(source, monitor)) as stream:
            async for item in stream:
                if item == middle and reader == "BreaksOff":
                    break
                if item == middle and reader == "Fails":
                    raise ValueError("no use for it")
    except ValueError:
        pass
    say(f"{reader}: {monitor.items} items")
    return {"items": monitor.items, "total_s": monitor.total}


async def main(items, base, step):
    def start(reader):
        return read(slower_and_slower(items, base, step), (items + 1) // 2, reader)

    every, broken_off, failed = await asyncio.gather(start("ReadsAll"), start("BreaksOff"), start("Fails"))
    return {**every, "broken_off": broken_off, "failed": failed}


run(main, items=5, base=0.5, step=0.2)
