"""The twin of ../grammar: runs the programs that it reads, one in each line, and writes each with what it said.

    cut -f1 grammar.txt | python3.13 grammar.py

A step is a letter, digits and bodies in parentheses; what the letters mean is told in ../grammar/step.rs.
"""
import asyncio
import gc
import sys
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress

from loop import VirtualLoop


def parse(text):
    """The steps up to a closing parenthesis or the end."""
    steps = []
    while text and text[0] != ")":
        letter, digits, bodies = text.pop(0), [], []
        while text and text[0].isdigit():
            digits.append(int(text.pop(0)))
        while text and text[0] == "(":
            text.pop(0)
            bodies.append(parse(text))
            text.pop(0)
        steps.append((letter, digits[0] if digits else 0, bodies))
    return steps


def told(error):
    text = type(error).__name__
    if error.args and str(error.args[0]):
        text += f":{error.args[0]}"
    if error.__cause__ is not None:
        text += f"<{told(error.__cause__)}"
    return text.replace(" ", "_")


class World:
    """What the tasks of a program share."""

    def __init__(self):
        self.said, self.now, self.count = [], 0, 0
        self.tasks = []
        self.locks = [asyncio.Lock(), asyncio.Lock()]
        self.semaphore = asyncio.Semaphore(2)
        self.condition = asyncio.Condition(self.locks[1])
        self.event = asyncio.Event()
        self.queues = [asyncio.Queue(1), asyncio.PriorityQueue(2), asyncio.LifoQueue(1)]

    def say(self, who, text):
        now = round(asyncio.get_running_loop().time() * 1000)
        if now != self.now:
            self.now = now
            self.said.append(f"@{now}")
        self.said.append(f"{who}{text}")

    def next(self):
        self.count += 1
        return self.count

    def start(self, body):
        who = len(self.tasks)
        self.tasks.append(asyncio.create_task(self.task(who, body)))
        return who

    async def task(self, who, body):
        try:
            await self.run(who, body)
        except BaseException as error:
            self.say(who, f"!{told(error)}")
            raise
        self.say(who, ".")

    async def run(self, who, body, generator=None):
        for letter, digit, bodies in body:
            await self.step(who, letter, digit, bodies, generator)

    async def generator(self, who, stubborn, body, clean_up):
        try:
            for letter, digit, bodies in body:
                if letter != "v":
                    await self.step(who, letter, digit, bodies, None)
                    continue
                try:
                    self.say(who, f"v{(yield self.next())}")
                except BaseException as error:
                    self.say(who, f"v!{told(error)}")
                    if stubborn < 1 or stubborn < 2 and not isinstance(error, Exception):
                        raise
        finally:
            await self.run(who, clean_up)

    @asynccontextmanager
    async def manager(self, who, calm, before, after):
        await self.run(who, before)
        try:
            yield self.next()
        except ValueError as error:
            self.say(who, f"m!{told(error)}")
            if not calm:
                raise
        finally:
            await self.run(who, after)

    def younger(self, who, digit):
        """One of the tasks that were started after this one: so none waits for itself in the end."""
        some = self.tasks[who + 1 :]
        return some[digit % len(some)] if some else None

    async def step(self, who, letter, digit, bodies, generator):
        match letter:
            case "z":
                await asyncio.sleep(digit / 4)
            case "l":
                async with self.locks[digit % 2]:
                    self.say(who, f"l{digit}")
                    await self.run(who, bodies[0])
            case "s":
                async with self.semaphore:
                    self.say(who, "s")
                    await self.run(who, bodies[0])
            case "c":
                async with self.condition:
                    await self.condition.wait()
                    self.say(who, "c")
                    await self.run(who, bodies[0])
            case "n":
                async with self.condition:
                    self.condition.notify(digit)
                    self.say(who, "n")
            case "e":
                await self.event.wait()
                self.say(who, "e")
            case "E":
                self.event.set()
            case "F":
                self.event.clear()
            case "p":
                item = self.next() * 7 % 10
                await self.queues[digit % 3].put(item)
                self.say(who, f"p{digit}={item}")
            case "P":
                self.queues[digit % 3].put_nowait(self.next() * 7 % 10)
            case "g":
                self.say(who, f"g{digit}={await self.queues[digit % 3].get()}")
            case "G":
                self.say(who, f"G{digit}={self.queues[digit % 3].get_nowait()}")
            case "d":
                self.queues[digit % 3].task_done()
            case "j":
                await self.queues[digit % 3].join()
                self.say(who, f"j{digit}")
            case "q":
                self.queues[digit % 3].shutdown(immediate=digit > 2)
            case "t":
                self.say(who, f"t{self.start(bodies[0])}")
            case "a":
                if task := self.younger(who, digit):
                    await task
                    self.say(who, f"a{digit}")
            case "b":
                if task := self.younger(who, digit):
                    await asyncio.shield(task)
                    self.say(who, f"b{digit}")
            case "x":
                asked = self.tasks[digit % len(self.tasks)].cancel(f"x{self.next()}")
                self.say(who, f"x{digit}={asked:d}")
            case "u":
                self.say(who, f"u{asyncio.current_task().uncancel()}")
            case "o":
                async with asyncio.timeout(digit / 4):
                    await self.run(who, bodies[0])
            case "y":
                try:
                    await self.run(who, bodies[0], generator)
                except Exception as error:
                    self.say(who, f"y!{told(error)}")
            case "Y":
                try:
                    await self.run(who, bodies[0], generator)
                except BaseException as error:
                    self.say(who, f"Y!{told(error)}")
            case "w":
                try:
                    await self.run(who, bodies[0])
                finally:
                    await self.run(who, bodies[1])
            case "r":
                raise (ValueError, KeyError)[digit % 2](f"r{self.next()}")
            case "m":
                async with self.manager(who, digit % 2, bodies[0], bodies[1]) as number:
                    self.say(who, f"m{number}")
                    await self.run(who, bodies[2])
            case "k":
                async with AsyncExitStack() as stack:
                    stack.push_async_callback(self.run, who, bodies[0])
                    if digit % 2:

                        async def calm(kind, error, traceback):
                            self.say(who, f"k!{told(error) if error else None}")
                            return isinstance(error, Exception)

                        stack.push_async_exit(calm)
                    if digit > 1:
                        await stack.enter_async_context(self.manager(who, 0, [], bodies[1]))
                    await self.run(who, bodies[2])
            case "i":
                async with aclosing(self.generator(who, digit // 4, bodies[0], bodies[1])) as values:
                    left = digit % 4 or -1
                    async for value in values:
                        self.say(who, f"i{value}")
                        await self.run(who, bodies[2])
                        if (left := left - 1) == 0:
                            break
            case "I":
                left = digit % 4
                async for value in self.generator(who, digit // 4, bodies[0], bodies[1]):
                    self.say(who, f"I{value}")
                    if (left := left - 1) <= 0:
                        break
            case "h":
                async with aclosing(self.generator(who, digit, bodies[0], bodies[1])) as values:
                    await self.run(who, bodies[2], values)
            case "N" | "S" | "T" | "C" if generator:
                match letter:
                    case "N":
                        value = await anext(generator)
                    case "S":
                        value = await generator.asend(self.next())
                    case "T":
                        value = await generator.athrow((ValueError, KeyError)[digit % 2](f"T{self.next()}"))
                    case _:
                        value = await generator.aclose()
                self.say(who, f"{letter}{value}")


async def program(text):
    world = World()
    world.start(parse(list(text)))
    for round in range(3):
        await asyncio.sleep(25)
        for task in world.tasks:
            task.cancel(f"end{round}")
    await asyncio.sleep(25)
    ends = [str(task.cancelling()) if task.done() else "?" for task in world.tasks]
    world.say("", "".join(ends))
    return list(world.said)


def tell(text):
    runner = asyncio.Runner(loop_factory=VirtualLoop)
    # Who drops what when is not what this is about.
    runner.get_loop().set_exception_handler(lambda *_: None)
    said = runner.run(program(text))
    # Those that refuse to stop may wait for ever for what never comes.
    with suppress(RuntimeError):
        runner.close()
    gc.collect()
    return " ".join(said)


if __name__ == "__main__":
    # What is left of generators when a program is over is not what this is about either.
    sys.unraisablehook = lambda _: None
    # Nothing of one program may be collected, and so be closed, while another one runs.
    gc.disable()
    for line in sys.stdin:
        print(line.strip(), tell(line.strip()), sep="\t", flush=True)
