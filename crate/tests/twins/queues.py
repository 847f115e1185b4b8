"""The twins of ../queues/stories.rs. Needs CPython 3.13."""
import asyncio

from loop import drive


def say(text):
    print(f"{asyncio.get_running_loop().time():.3f} {text}")


async def kitchen():
    """Two cooks, a counter for three plates, three waiters of different pace; one cook and one waiter go home."""
    counter = asyncio.Queue(3)

    async def cook(name, dishes, pause):
        try:
            for dish in range(dishes):
                await asyncio.sleep(pause)
                await counter.put(f"{name}{dish}")
                say(f"{name} put {dish}, {counter.qsize()} there")
            say(f"{name} has cooked")
        except asyncio.CancelledError:
            say(f"{name} goes home")
            raise

    async def waiter(name, pause):
        while True:
            try:
                dish = await counter.get()
                say(f"{name} got {dish}, {counter.qsize()} there")
                await asyncio.sleep(pause)
                counter.task_done()
            except asyncio.CancelledError:
                say(f"{name} goes home")
                raise
            except asyncio.QueueShutDown:
                say(f"{name} is told")
                return

    cooks = [asyncio.create_task(cook("a", 6, 1.125)), asyncio.create_task(cook("b", 8, 2.375))]
    waiters = [asyncio.create_task(waiter(name, pause)) for name, pause in (("x", 2.875), ("y", 9), ("z", 17.25))]
    await asyncio.sleep(11.125)
    waiters[1].cancel()
    await asyncio.sleep(9.5)
    cooks[1].cancel()
    await cooks[0]
    say("all is cooked")
    await asyncio.sleep(0.5)
    counter.shutdown()
    await waiters[0]
    await waiters[2]
    say(f"{counter.qsize()} there")


async def turns():
    """Who goes on in which turn: getters and putters, without time."""
    queue = asyncio.Queue(2)

    async def putter(i):
        try:
            await queue.put(i)
            say(f"put {i}")
        except asyncio.CancelledError:
            say(f"put {i} stopped")

    async def getter(i):
        try:
            say(f"get {i}: {await queue.get()}")
        except asyncio.CancelledError:
            say(f"get {i} stopped")

    async def joiner():
        await queue.join()
        say("joined")

    getters = [asyncio.create_task(getter(i)) for i in range(3)]
    joiners = []
    putters = []
    for turn in range(14):
        say(f"turn {turn}: {queue.qsize()}")
        if turn == 1:
            queue.put_nowait("p")
            queue.put_nowait("q")
            getters[0].cancel()
            joiners.append(asyncio.create_task(joiner()))
        if turn == 3:
            say(f"main: {queue.get_nowait() if not queue.empty() else None}")
            putters += [asyncio.create_task(putter(i)) for i in range(6)]
        if turn == 5:
            putters[3].cancel()
            say(f"main: {queue.get_nowait()}")
        if turn == 6:
            say(f"main: {queue.get_nowait()}")
            putters[4].cancel()
        if turn == 9:
            say(f"main: {await queue.get()}")
            say(f"main: {await queue.get()}")
        if turn > 9 and queue._unfinished_tasks:
            queue.task_done()
            queue.task_done()
        await asyncio.sleep(0)
    await asyncio.gather(*getters, *putters, *joiners)


for program in (kitchen, turns):
    print(f"# {program.__name__}")
    drive(program())
