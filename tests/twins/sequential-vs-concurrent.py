"""The same slow calls twice: each one awaited before the next is made, and all of them at once."""
import asyncio

from twin import now, run, say


async def call(number, delay):
    await asyncio.sleep(delay)
    return number


async def main(items, delay):
    start = now()
    answers = []
    for number in range(1, items + 1):
        answers.append(await call(number, delay))
    sequential = now() - start
    say(f"{len(answers)} answers, one after the other")

    start = now()
    answers = await asyncio.gather(*(call(number, delay) for number in range(1, items + 1)))
    concurrent = now() - start
    say(f"{len(answers)} answers, together")

    # What takes no time cannot be faster.
    speedup = sequential / concurrent if concurrent > 0 else 1
    return {"sequential_s": sequential, "concurrent_s": concurrent, "speedup": speedup}


run(main, items=20, delay=0.1)
