"""Reads a generator twice: there is nothing left the second time, but a fresh one starts anew."""
from twin import run, say


def numbers(count):
    for number in range(count):
        yield number


async def main(count):
    once = numbers(count)
    first = list(once)
    say(f"the first time it gave {len(first)} numbers")

    second = list(once)
    say(f"the second time it gave {len(second)}")

    fresh = list(numbers(count))
    say(f"a fresh one gave {len(fresh)}")
    return {"first": first, "second": second, "fresh": fresh}


run(main, count=3)
