"""The twin of ../positions/main.rs: a request to stop at every position, for every set of two to four waiters.

Prints a line for each kind and number of waiters: how many runs there were and the hash over their stories. With the
name of a kind it prints the stories themselves. Needs CPython 3.13.
"""
import asyncio
import sys
from itertools import combinations

from loop import drive

FIRST = 3  # The turn in which the first thing is given.


class Run:
    """One run: waiters, which of them are stopped, in which turns, before or after something is given in that turn."""

    def __init__(self, count, stopped, at, before):
        self.count, self.stopped, self.at, self.before = count, stopped, at, before
        self.enough = count - len(stopped)  # For those who are not stopped: what gets lost is missed.
        self.turn, self.story = 0, []

    def say(self, text):
        self.story.append(f"{self.turn}:{text}")

    async def guarded(self, i, work):
        try:
            await work(i)
        except asyncio.CancelledError:
            self.say(f"{i}x")
            raise

    async def play(self, work, give):
        """Starts the waiters, calls `give` in every turn from FIRST on, and stops whom it shall."""
        tasks = [asyncio.create_task(self.guarded(i, work)) for i in range(self.count)]
        for self.turn in range(FIRST + 3 * self.count + 3):
            due = self.turn in self.at
            if due and self.before:
                self.stop(tasks)
            if self.turn >= FIRST:
                await give(self.turn - FIRST)
            if due and not self.before:
                self.stop(tasks)
            await asyncio.sleep(0)
        self.say("".join("s" if not t.done() else "x" if t.cancelled() else "." for t in tasks))
        for task in tasks:
            task.cancel()
        await asyncio.sleep(0)

    def stop(self, tasks):
        for i in self.stopped:
            tasks[i].cancel()


async def lock(run):
    shared = asyncio.Lock()
    await shared.acquire()

    async def work(i):
        async with shared:
            run.say(f"{i}+")
            await asyncio.sleep(0)
            run.say(f"{i}-")

    async def give(turn):
        if turn == 0:
            shared.release()

    await run.play(work, give)
    run.say("held" if shared.locked() else "free")


async def semaphore(run):
    shared = asyncio.Semaphore(0)

    async def work(i):
        async with shared:
            run.say(f"{i}+")
            await asyncio.sleep(0)
            run.say(f"{i}-")

    async def give(turn):
        if turn < 2:
            shared.release()

    await run.play(work, give)
    run.say(f"{shared._value}")


async def condition(run):
    shared, stock = asyncio.Condition(), [0]

    async def work(i):
        async with shared:
            await shared.wait_for(lambda: stock[0] > 0)
            stock[0] -= 1
            run.say(f"{i}+")

    async def give(turn):
        if turn < run.enough:
            async with shared:
                stock[0] += 1
                shared.notify(1)

    await run.play(work, give)
    run.say(f"{stock[0]} {'held' if shared.locked() else 'free'}")


async def relock(run):
    """As condition, but the lock is held for two turns each time: who was notified has to wait for it."""
    shared, stock = asyncio.Condition(), [0]

    async def work(i):
        async with shared:
            await shared.wait_for(lambda: stock[0] > 0)
            stock[0] -= 1
            run.say(f"{i}+")

    async def give(turn):
        if turn % 3 == 0 and turn < 3 * run.enough:
            await shared.acquire()
            stock[0] += 1
            shared.notify(1)
        if turn % 3 == 2 and turn < 3 * run.enough:
            shared.release()

    await run.play(work, give)
    run.say(f"{stock[0]} {'held' if shared.locked() else 'free'}")


async def event(run):
    shared = asyncio.Event()

    async def work(i):
        await shared.wait()
        run.say(f"{i}+")

    async def give(turn):
        if turn == 0:
            shared.set()
            shared.clear()
        if turn == 2:
            shared.set()

    await run.play(work, give)


async def getters(run):
    shared = asyncio.Queue()

    async def work(i):
        run.say(f"{i}+{await shared.get()}")

    async def give(turn):
        if turn < run.enough:
            shared.put_nowait(turn)

    await run.play(work, give)
    run.say(f"{shared.qsize()}")


async def putters(run):
    shared = asyncio.Queue(1)
    shared.put_nowait(9)

    async def work(i):
        await shared.put(i)
        run.say(f"{i}+")

    async def give(turn):
        if not shared.empty():
            run.say(f"={shared.get_nowait()}")

    await run.play(work, give)
    run.say(f"{shared.qsize()}")


KINDS = [lock, semaphore, condition, relock, event, getters, putters]


def stories(kind, count):
    for size in range(1, count + 1):
        for stopped in combinations(range(count), size):
            for at in range(FIRST + 3 * count):
                for times in (1, 2):
                    for before in (True, False):
                        run = Run(count, stopped, range(at, at + times), before)
                        drive(kind(run))
                        who, order = ",".join(map(str, stopped)), "before" if before else "after"
                        yield f"{kind.__name__} {count} stop {who} {order} {at} x{times}: {' '.join(run.story)}"


def fnv(lines):
    value = 0xCBF29CE484222325
    for byte in "".join(line + "\n" for line in lines).encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


for kind in KINDS:
    for count in (2, 3, 4):
        told = list(stories(kind, count))
        if sys.argv[1:] == [kind.__name__]:
            print("\n".join(told))
        elif not sys.argv[1:]:
            print(f"{kind.__name__} {count}: {len(told)} runs, {fnv(told)}")
