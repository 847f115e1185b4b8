"""One async iterator twice: as a class, and as a generator."""
import asyncio

from twin import now, run, say


class LineReader:
    def __init__(self, lines, delay):
        self.line = 0
        self.lines = lines
        self.delay = delay

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.line == self.lines:
            raise StopAsyncIteration
        await asyncio.sleep(self.delay)
        self.line += 1
        return f"line {self.line}"


async def read_lines(lines, delay):
    for line in range(1, lines + 1):
        await asyncio.sleep(delay)
        yield f"line {line}"


async def read(source):
    start, lines = now(), []
    async for line in source:
        say(line)
        lines.append(line)
    return {"lines": lines, "total_s": now() - start}


async def main(lines, delay):
    say("by hand:")
    by_hand = await read(LineReader(lines, delay))
    say("as a generator:")
    generator = await read(read_lines(lines, delay))
    return {"by_hand": by_hand, "generator": generator}


run(main, lines=3, delay=0.5)
