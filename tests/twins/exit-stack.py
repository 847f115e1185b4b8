"""Opens three files, nested and on an exit stack: both ways, the last one opened is the first one closed."""
import asyncio
from contextlib import AsyncExitStack, asynccontextmanager

from twin import run, say

log = []


def write(line):
    say(line)
    log.append(line)


@asynccontextmanager
async def file(name, broken):
    await asyncio.sleep(0.2)
    if broken:
        write(f"{name} does not open")
        raise ConnectionError(f"{name} is out of reach")
    write(f"open {name}")
    try:
        yield
    except BaseException as error:
        write(f"close {name} after {type(error).__name__}: {error}")
        raise
    else:
        write(f"close {name}")
    finally:
        await asyncio.sleep(0.1)


async def nested(broken):
    async with file("first", False):
        async with file("second", False):
            async with file("third", broken):
                write("use all three")


async def flat(broken):
    async with AsyncExitStack() as stack:
        for name, fails in ("first", False), ("second", False), ("third", broken):
            await stack.enter_async_context(file(name, fails))
        write("use all three")


async def steps(program):
    """Runs one of the two, and gives what it did. That the third file is out of reach is no surprise."""
    try:
        await program
    except ConnectionError:
        pass
    done = log[:]
    log.clear()
    return done


async def main(fail):
    broken = fail > 0
    say("nested:")
    in_three = await steps(nested(broken))
    say("on a stack:")
    on_one = await steps(flat(broken))
    return {"nested": in_three, "stack": on_one}


run(main, fail=0)
