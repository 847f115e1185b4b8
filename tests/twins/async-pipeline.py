"""A pipeline of async generators."""
import asyncio

from twin import now, run, say


async def numbers(count, pause):
    for number in range(count):
        await asyncio.sleep(pause)
        say(f"made {number}")
        yield number


async def even(numbers):
    async for number in numbers:
        if number % 2 == 0:
            yield number


async def doubled(numbers, pause):
    async for number in numbers:
        await asyncio.sleep(pause)
        yield 2 * number


async def main(count, source, transform):
    values = []
    async for value in doubled(even(numbers(count, source)), transform):
        say(f"got {value}")
        values.append(value)
    return {"values": values, "total_s": now()}


run(main, count=10, source=0.1, transform=0.05)
