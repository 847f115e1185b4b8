"""Parses many rows as they are asked for, and gives way to the others now and then."""
import asyncio

from twin import now, run, say


def text(number):
    match number % 1000:
        case 7:
            return f"article {number}"
        case 507:
            return f"article {number},many"
        case _:
            return f"article {number},{number % 10}"


def parse(text):
    _, comma, amount = text.partition(",")
    if not comma:
        raise ValueError("there is no amount")
    if not amount.isdecimal():
        raise ValueError(f'"{amount}" is not a number')
    return int(amount)


class Counts:
    bad = 0
    beats = 0
    max_gap = 0


async def amounts(rows, give_way, counts):
    for number in range(1, rows + 1):
        try:
            amount = parse(text(number))
        except ValueError as error:
            say(f"line {number}: {error}")
            counts.bad += 1
        else:
            yield amount
        if number % give_way == 0:
            await asyncio.sleep(0)


async def heartbeat(counts):
    last = now()
    while True:
        await asyncio.sleep(0)
        counts.beats += 1
        counts.max_gap = max(counts.max_gap, now() - last)
        last = now()


async def main(rows, give_way):
    counts = Counts()
    async with asyncio.TaskGroup() as group:
        heart = group.create_task(heartbeat(counts))
        await asyncio.sleep(0)
        count = total = 0
        async for amount in amounts(rows, give_way, counts):
            count += 1
            total += amount
        await asyncio.sleep(0)
        heart.cancel()
    return {
        "rows": count,
        "sum": total,
        "bad": counts.bad,
        "beats": counts.beats,
        "max_gap_s": counts.max_gap,
    }


run(main, rows=10000, give_way=100)
