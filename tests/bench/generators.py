"""The same programs in CPython: a line of JSON for each, nanoseconds per item, round by round."""
import asyncio, json, platform, sys, time

ITEMS, ROUNDS, DEPTH = 100_000, int(sys.argv[1]), 5


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


PROGRAMS = {"an item of an async generator": count, "an item through 5 async generators": chain}
samples = {what: [] for what in PROGRAMS}
for _ in range(ROUNDS):
    for what, make in PROGRAMS.items():
        start = time.perf_counter_ns()
        asyncio.run(total(make(ITEMS)))
        samples[what].append((time.perf_counter_ns() - start) / ITEMS)
who = "CPython " + ".".join(platform.python_version_tuple()[:2])
for what, rounds in samples.items():
    print(json.dumps({"what": what, "where": "natively", "who": who, "unit": "ns", "samples": rounds}))
