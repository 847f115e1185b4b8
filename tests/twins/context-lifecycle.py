"""Enters a context manager, uses it and leaves it: first the blocking way, then the awaiting way."""
import asyncio

from twin import block, now, run, say


class Workshop:
    """A workshop takes a while to open and to close."""

    def __init__(self, opening, closing):
        self.opening, self.closing = opening, closing

    def __enter__(self):
        block(self.opening)

    def __exit__(self, *error):
        block(self.closing)

    async def __aenter__(self):
        await asyncio.sleep(self.opening)

    async def __aexit__(self, *error):
        await asyncio.sleep(self.closing)


beats = 0


async def heartbeat():
    """Beats ten times a second, if the loop lets it."""
    global beats
    while True:
        await asyncio.sleep(0.1)
        beats += 1


async def main(enter, body, exit):
    global beats
    workshop = Workshop(enter, exit)
    heart = asyncio.create_task(heartbeat(), name="heartbeat")
    await asyncio.sleep(0)  # the heart sets its first timer

    start = now()
    with workshop:
        say("blocking: the workshop is open")
        block(body)
    sync_s = now() - start
    say(f"blocking: {beats} heartbeats meanwhile")

    beats = 0
    start = now()
    async with workshop:
        say("awaiting: the workshop is open")
        await asyncio.sleep(body)
    async_s = now() - start
    say(f"awaiting: {beats} heartbeats meanwhile")

    heart.cancel()
    return {"sync_s": sync_s, "async_s": async_s}


run(main, enter=1, body=0.5, exit=0.5)
