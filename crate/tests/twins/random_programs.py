"""The twin of ../order/random.rs: programs made at random, each with the number of lines it says and their hash.

    python3.13 random_programs.py > random_programs.txt    all of them
    python3.13 random_programs.py SEED                     what one of them says
"""
import asyncio
import sys
from contextlib import aclosing

from loop import VirtualLoop
from twin import kinds, say, start

COUNT = 1000
SPANS = [0, 0, 0.25, 0.25, 0.5, 1]
LIMITS = [None, 0, 0.25, 0.5, 0.75, 2]
MODES = [asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION, asyncio.ALL_COMPLETED]


class Dice:
    """A generator of numbers that every language has the same way."""

    def __init__(self, seed):
        self.state = seed * 0x9E3779B97F4A7C15 + 1 & 0xFFFFFFFFFFFFFFFF

    def roll(self, sides):
        self.state = self.state * 6364136223846793005 + 1442695040888963407 & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 33) % sides


class Maker:
    """Makes a program: a body is its number and its steps, a step is its name and what it needs."""

    def __init__(self, seed):
        self.dice = Dice(seed)
        self.bodies = 0

    def body(self, depth):
        number = self.bodies
        self.bodies += 1
        count = 2 + self.dice.roll(4) if number else 8
        return number, [self.step(depth) for _ in range(count)]

    def several(self, depth):
        return [self.body(depth) for _ in range(1 + self.dice.roll(3))]

    def step(self, depth):
        roll = self.dice.roll
        kind = roll(26 if depth else 13)
        if kind < 2:
            return "say", roll(100)
        if kind < 5:
            return "sleep", SPANS[roll(6)]
        if kind == 5:
            return "cancel", roll(16), roll(3)
        if kind == 6:
            return "join", roll(8)
        if kind == 7:
            return "shield", roll(8)
        if kind == 8:
            return "raise", roll(8)
        if kind == 9:
            return "wait", MODES[roll(3)], SPANS[roll(6)]
        if kind == 10:
            return ("set", "clear", "await")[roll(3)], roll(2)
        if kind == 11:
            return ("put", "get")[roll(2)], roll(100)
        if kind == 12:
            return "hear", roll(16)
        if kind < 15:
            return "spawn", self.body(depth - 1)
        if kind == 15:
            return "gather", roll(2), self.several(depth - 1)
        if kind == 16:
            return "timeout", LIMITS[roll(6)], self.body(depth - 1)
        if kind == 17:
            return "group", self.several(depth - 1), self.body(depth - 1)
        if kind == 18:
            return "finally", self.body(depth - 1), self.body(depth - 1)
        if kind == 19:
            return "try", self.body(depth - 1)
        if kind == 20:
            return "refuse", self.body(depth - 1)
        if kind == 21:
            return "wait_for", LIMITS[roll(6)], self.body(depth - 1)
        if kind == 22:
            return "as_completed", LIMITS[roll(6)], self.several(depth - 1)
        if kind == 23:
            return "lock", self.body(depth - 1)
        if kind == 24:
            return "generate", self.body(depth - 1), self.body(depth - 1)
        return "uncancel", 0


class World:
    """What the tasks of a program share."""

    def __init__(self):
        self.tasks = []
        self.events = [asyncio.Event(), asyncio.Event()]
        self.lock = asyncio.Lock()
        self.queue = asyncio.Queue(1)

    def start(self, body):
        self.tasks.append(start(self.task(body)))
        return self.tasks[-1]

    def number(self, task):
        return self.tasks.index(task)

    async def task(self, body):
        """A body as a task."""
        say(f"{body[0]} starts")
        try:
            await self.run(body, [])
        except BaseException as error:
            say(f"{body[0]} ends: {kinds(error)}")
            raise
        say(f"{body[0]} ends")
        return body[0]

    async def run(self, body, mine):
        """A body within a task that has started these."""
        number, steps = body
        for step in steps:
            await self.step(number, step, mine)

    async def generator(self, body, mine):
        """A body that gives a value after each of its steps."""
        number, steps = body
        try:
            for value, step in enumerate(steps):
                await self.step(number, step, mine)
                yield value
        finally:
            say(f"{number} is closed")

    async def step(self, number, step, mine):
        match step:
            case "say", what:
                say(f"{number} says {what}")
            case "sleep", span:
                await asyncio.sleep(span)
            case "cancel", which, how:
                if self.tasks:
                    which %= len(self.tasks)
                    asked = self.tasks[which].cancel(f"by {number}") if how else self.tasks[which].cancel()
                    say(f"{number} cancels {which}: {asked}")
            case "join", which:
                if mine:
                    say(f"{number} got {await mine[which % len(mine)]}")
            case "shield", which:
                if mine:
                    say(f"{number} got {await asyncio.shield(mine.pop(which % len(mine)))}")
            case "raise", which:
                raise (ValueError, KeyError, KeyError, asyncio.CancelledError)[which // 2](number)
            case "wait", mode, span:
                if some := self.tasks[-3:]:
                    done, pending = await asyncio.wait(some, timeout=span, return_when=mode)
                    say(f"{number} has {list(map(self.number, done))} not {list(map(self.number, pending))}")
            case "set", which:
                self.events[which].set()
            case "clear", which:
                self.events[which].clear()
            case "await", which:
                await asyncio.wait_for(self.events[which].wait(), 0.5)
                say(f"{number} saw {which}")
            case "put", what:
                await asyncio.wait_for(self.queue.put(what), 0.5)
                say(f"{number} put {what}")
            case "get", _:
                say(f"{number} got {await asyncio.wait_for(self.queue.get(), 0.5)}")
            case "hear", which:
                if self.tasks:
                    which %= len(self.tasks)
                    self.tasks[which].add_done_callback(lambda _: say(f"{number} hears of {which}"))
            case "spawn", body:
                mine.append(self.start(body))
            case "gather", each, bodies:
                some = [self.task(body) for body in bodies] + ([mine.pop(0)] if mine else [])
                results = await asyncio.gather(*some, return_exceptions=bool(each))
                told = [kinds(result) if isinstance(result, BaseException) else str(result) for result in results]
                say(f"{number} gathered {' '.join(told)}")
            case "timeout", limit, body:
                async with asyncio.timeout(limit):
                    await self.run(body, mine)
            case "group", bodies, body:
                async with asyncio.TaskGroup() as group:
                    for child in bodies:
                        self.tasks.append(group.create_task(self.task(child)))
                    await self.run(body, mine)
            case "finally", body, clean_up:
                try:
                    await self.run(body, mine)
                finally:
                    say(f"{number} cleans up")
                    await self.run(clean_up, mine)
            case "try", body:
                try:
                    await self.run(body, mine)
                except Exception as error:
                    say(f"{number} caught {kinds(error)}")
            case "refuse", body:
                try:
                    await self.run(body, mine)
                except BaseException as error:
                    say(f"{number} refused {kinds(error)}")
            case "wait_for", limit, body:
                say(f"{number} got {await asyncio.wait_for(self.task(body), limit)}")
            case "as_completed", limit, bodies:
                some = [self.start(body) for body in bodies]
                async for task in asyncio.as_completed(some, timeout=limit):
                    say(f"{number} sees {self.number(task)}")
            case "lock", body:
                async with asyncio.timeout(1):
                    async with self.lock:
                        say(f"{number} holds the lock")
                        await self.run(body, mine)
            case "generate", body, consumer:
                async with aclosing(self.generator(body, mine)) as values:
                    async for value in values:
                        say(f"{number} takes {value}")
                        await self.run(consumer, mine)
            case "uncancel", _:
                say(f"{number} has {asyncio.current_task().uncancel()} left")


async def program(seed):
    world = World()
    world.start(Maker(seed).body(4))
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others)
    for number, task in enumerate(world.tasks):
        end = "cancelled" if task.cancelled() else kinds(task.exception()) if task.exception() else "returned"
        say(f"{number}: {end}, {task.cancelling()} requests")


def tell(seed, lines):
    """Runs a program; what it says goes to `lines`."""
    import twin

    twin.print = lines.append
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        # Who drops what when is not what this is about.
        runner.get_loop().set_exception_handler(lambda *_: None)
        runner.run(program(seed))


def fnv(lines):
    value = 0xCBF29CE484222325
    for byte in "".join(line + "\n" for line in lines).encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


if __name__ == "__main__":
    for seed in [int(sys.argv[1])] if sys.argv[1:] else range(COUNT):
        lines = []
        tell(seed, lines)
        if sys.argv[1:]:
            print("\n".join(lines))
        else:
            print(seed, len(lines), f"{fnv(lines):016x}")
