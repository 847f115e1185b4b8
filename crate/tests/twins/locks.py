"""The twins of ../locks/stories.rs. Needs CPython 3.13."""
import asyncio

from loop import drive


def say(text):
    print(f"{asyncio.get_running_loop().time():.3f} {text}")


async def crossing():
    """Cars over a bridge for one, one of them gives up; a lock, an event and a semaphore."""
    bridge, opened, tickets = asyncio.Lock(), asyncio.Event(), asyncio.Semaphore(2)

    async def car(name, pause):
        await asyncio.sleep(pause)
        await opened.wait()
        try:
            async with tickets:
                say(f"{name} has a ticket")
                async with bridge:
                    say(f"{name} is on the bridge")
                    await asyncio.sleep(1)
                    say(f"{name} is over")
            say(f"{name} is gone")
        except asyncio.CancelledError:
            say(f"{name} turns back")
            raise

    names = ["ann", "bob", "cid", "dee", "eve"]
    cars = [asyncio.create_task(car(name, 0.1 * (i % 3))) for i, name in enumerate(names)]
    await asyncio.sleep(0.15)
    say("open")
    opened.set()
    await asyncio.sleep(1.25)
    say("dee stops")
    cars[3].cancel()
    for name, task in zip(names, cars):
        try:
            await task
        except asyncio.CancelledError:
            say(f"without {name}")
    say(f"{bridge.locked()} {tickets._value}")


async def stock():
    """A shop with room for two: a baker brings, buyers take two at a time; a condition for each side on one lock."""
    lock = asyncio.Lock()
    more, room = asyncio.Condition(lock), asyncio.Condition(lock)
    shelf = []

    async def baker():
        for loaf in range(6):
            async with lock:
                await room.wait_for(lambda: len(shelf) < 2)
                shelf.append(loaf)
                say(f"baked {loaf}")
                if len(shelf) == 2:
                    more.notify_all()
            await asyncio.sleep(0.5)

    async def buyer(name):
        try:
            async with more:
                say(f"{name} waits")
                await more.wait_for(lambda: len(shelf) == 2)
                say(f"{name} takes {shelf}")
                shelf.clear()
                await asyncio.sleep(0.2)
                room.notify()
            say(f"{name} leaves")
        except asyncio.CancelledError:
            say(f"{name} gives up, the lock is {'held' if lock.locked() else 'free'}")
            raise

    buyers = [asyncio.create_task(buyer(name)) for name in ("fay", "gus", "hal", "ida")]
    work = asyncio.create_task(baker())
    await asyncio.sleep(0.5)
    buyers[1].cancel()
    for task in [*buyers, work]:
        try:
            await task
            say("served")
        except asyncio.CancelledError:
            say("not served")


async def turns():
    """Who is woken in which turn: all four, without time."""
    lock, event, semaphore, condition = asyncio.Lock(), asyncio.Event(), asyncio.Semaphore(0), asyncio.Condition()

    async def a_lock(i):
        async with lock:
            say(f"lock {i}")

    async def an_event(i):
        await event.wait()
        say(f"event {i}")

    async def a_semaphore(i):
        await semaphore.acquire()
        say(f"semaphore {i}")

    async def a_condition(i):
        async with condition:
            await condition.wait()
            say(f"condition {i}")

    await lock.acquire()
    kinds = (a_lock, an_event, a_semaphore, a_condition)
    tasks = [asyncio.create_task(kind(i)) for i in range(3) for kind in kinds]
    for turn in range(12):
        say(f"turn {turn}")
        if turn == 1:
            event.set()
            semaphore.release()
            lock.release()
        if turn == 2:
            async with condition:
                condition.notify(2)
            semaphore.release()
            tasks[0].cancel()
            tasks[4].cancel()
        if turn == 5:
            async with condition:
                condition.notify_all()
                semaphore.release()
                await asyncio.sleep(0)
                say("the lock will be free")
        await asyncio.sleep(0)
    for i, task in enumerate(tasks):
        try:
            await task
        except asyncio.CancelledError:
            say(f"task {i} was stopped")


for program in (crossing, stock, turns):
    print(f"# {program.__name__}")
    drive(program())
