"""Makes breakfast twice: one thing after the other, and both together."""
import asyncio

from twin import block, now, run, say


def make(what, time):
    """Stands beside the machine until it is done."""
    say(f"{what} is started, and watched")
    block(time)
    say(f"{what} is ready")


async def make_async(what, time):
    """Starts the machine and leaves the kitchen to others until it is done."""
    say(f"{what} is started")
    await asyncio.sleep(time)
    say(f"{what} is ready")


async def main(coffee, toast):
    start = now()
    make("coffee", coffee)
    make("toast", toast)
    sync = now() - start

    start = now()
    coffee = asyncio.create_task(make_async("coffee", coffee), name="coffee")
    toast = asyncio.create_task(make_async("toast", toast), name="toast")
    await asyncio.gather(coffee, toast)
    together = now() - start
    return {"sync_s": sync, "async_s": together}


run(main, coffee=3, toast=2)
