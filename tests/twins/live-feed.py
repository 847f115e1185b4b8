"""Reads messages from a connection as they come."""
import asyncio
from contextlib import asynccontextmanager

from twin import run, say


class Socket:
    def __init__(self, last, gap):
        self.next = 1
        self.last = last
        self.gap = gap
        self.closed = False

    async def receive(self):
        number = self.next
        if number > self.last:
            raise ConnectionError("closed by the other side")
        await asyncio.sleep(self.gap)
        self.next += 1
        if number % 5 == 0:
            return f"?{number}?"
        if number % 3 == 0:
            return f"alert: pump {number} is hot"
        return f"info: pump {number} runs"


@asynccontextmanager
async def connection(socket):
    say("connected")
    try:
        yield socket
    finally:
        socket.closed = True
        say("connection closed")


async def read_all(socket):
    while True:
        try:
            message = await socket.receive()
        except ConnectionError:
            return
        yield message


async def main(messages, gap):
    socket = Socket(messages, gap)
    kept = skipped = invalid = 0
    async with connection(socket):
        async for message in read_all(socket):
            match message.split(": "):
                case ["alert", what]:
                    say(f"alert: {what}")
                    kept += 1
                case [_, _]:
                    skipped += 1
                case _:
                    say(f"cannot read {message}")
                    invalid += 1
    return {"kept": kept, "skipped": skipped, "invalid": invalid, "closed": socket.closed}


run(main, messages=20, gap=0.2)
