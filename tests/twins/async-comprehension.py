"""Doubles and squares numbers that come with a pause, in one expression."""
import asyncio

from twin import run, say


async def numbers(items, delay):
    for number in range(1, items + 1):
        await asyncio.sleep(delay)
        say(f"number {number}")
        yield number


async def main(items, delay):
    doubled = (2 * number async for number in numbers(items, delay))
    return [number**2 async for number in doubled]


run(main, items=5, delay=0.1)
