"""The same sum in three ways: over a list that holds all squares, and over generators that hold none."""
from twin import now, run, say


def squares(items):
    for number in range(items):
        yield number * number


async def async_squares(items):
    for number in range(items):
        yield number * number


class Sum:
    """A sum, and the time to its first number."""

    def __init__(self):
        self.total = 0
        self.first = None
        self.start = now()

    def add(self, number):
        if self.first is None:
            self.first = now() - self.start
        self.total += number

    def end(self, name):
        say(f"{name}: {self.total}")
        return {"sum": self.total, "first_s": self.first or 0}


async def main(items):
    sum = Sum()
    for square in [number * number for number in range(items)]:
        sum.add(square)
    list = sum.end("list")

    sum = Sum()
    for square in squares(items):
        sum.add(square)
    generator = sum.end("generator")

    sum = Sum()
    async for square in async_squares(items):
        sum.add(square)
    async_generator = sum.end("async generator")
    return {"list": list, "generator": generator, "async_generator": async_generator}


run(main, items=1_000_000)
