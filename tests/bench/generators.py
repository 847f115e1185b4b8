"""The same programs in CPython: a line of JSON for each, nanoseconds per item."""
import asyncio, json, platform, time

ITEMS, ROUNDS, DEPTH = 100_000, 9, 5


async def count(items):
    for item in range(items):
        yield item


async def plus_one(source):
    async for item in source:
        yield item + 1


def chain(items):
    source = count(items)
    for _ in range(DEPTH - 1):
        source = plus_one(source)
    return source


async def total(source):
    total = 0
    async for item in source:
        total += item
    return total


times = {"": [], ", chain of 5": []}
for _ in range(ROUNDS):
    for name, make in ("", count), (", chain of 5", chain):
        start = time.perf_counter_ns()
        asyncio.run(total(make(ITEMS)))
        times[name].append((time.perf_counter_ns() - start) / ITEMS)
for name, rounds in times.items():
    rounds.sort()
    version = "CPython " + ".".join(platform.python_version_tuple()[:2])
    print(json.dumps({"name": version + name, "least": rounds[0], "median": rounds[ROUNDS // 2]}))
