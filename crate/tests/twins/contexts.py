"""The twins of ../contexts/stops.rs. Needs CPython 3.13."""
import asyncio
from contextlib import aclosing, asynccontextmanager

from loop import drive


def say(text):
    print(f"{asyncio.get_running_loop().time():.3f} {text}")


def told(error):
    if error is None:
        return "None"
    text = type(error).__name__ + (f": {error}" if str(error) else "")
    for what, other in (("cause", error.__cause__), ("context", error.__context__)):
        if other is not None:
            text += f", {what} {type(other).__name__}"
    return text


@asynccontextmanager
async def generator():
    """A generator with a clean-up that waits inside of one that does not."""
    say("acquiring")
    try:
        await asyncio.sleep(0.01)
        say("acquired")
        try:
            yield "it"
        finally:
            say("releasing")
            await asyncio.sleep(0.01)
            say("released")
    finally:
        say("outer finally")


class Hand:
    """A manager written by hand whose enter and exit wait."""

    async def __aenter__(self):
        say("acquiring")
        await asyncio.sleep(0.01)
        say("acquired")
        return "it"

    async def __aexit__(self, _, error, __):
        say(f"releasing, {told(error)}")
        await asyncio.sleep(0.01)
        say("released")


async def use(manager):
    async with manager as it:
        say(f"body has {it}")
        await asyncio.sleep(0.02)
        say("body done")


async def stopped(make, after):
    """Asks the task that uses a manager to stop after each of these times."""
    task = asyncio.create_task(use(make()))
    for ms in after:
        if ms > 0:
            await asyncio.sleep(ms / 1000)
        task.cancel()
    try:
        await task
        say("None")
    except BaseException as error:
        say(told(error))


class Telling:
    def __init__(self, name, enter, exit):
        self.name, self.enter, self.exit = name, enter, exit

    async def __aenter__(self):
        say(f"enter {self.name}")
        await asyncio.sleep(self.enter)
        say(f"entered {self.name}")

    async def __aexit__(self, _, error, __):
        say(f"exit {self.name} {told(error)}")
        await asyncio.sleep(self.exit)
        say(f"exited {self.name}")


async def worker(name):
    async with Telling(f"{name}1", 0, 0.01):
        async with Telling(f"{name}2", 0.01, 0):
            say(f"body {name}")
            await asyncio.sleep(0)
            if name == "b":
                raise ValueError("b fails")
        say(f"between {name}")


async def workers():
    a, b = asyncio.create_task(worker("a")), asyncio.create_task(worker("b"))
    for task in (b, a):
        try:
            await task
            say("None")
        except ValueError as error:
            say(told(error))


async def numbers():
    try:
        for number in range(10):
            await asyncio.sleep(0.001)
            yield number
    finally:
        say("closing")
        await asyncio.sleep(0.005)
        say("closed")


async def closing():
    given = numbers()
    async with aclosing(given) as same:
        assert same is given
        async for number in same:
            say(number)
            if number == 1:
                break
        say("left the loop")
    say("after")
    try:
        await anext(given)
    except StopAsyncIteration as error:
        say(told(error))
    try:
        async with aclosing(numbers()) as opened:
            await anext(opened)
            raise TypeError
    except TypeError as error:
        say(told(error))


for make in (generator, Hand):
    for after in ([], [0], [5], [20], [35], [20, 3]):
        print("# stopped", make.__name__.lower(), *after)
        drive(stopped(make, after))
for program in (workers, closing):
    print(f"# {program.__name__}")
    drive(program())
