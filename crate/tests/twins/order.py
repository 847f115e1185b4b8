"""The twins of ../tasks/order.rs: programs that use many things at once."""
import asyncio

from twin import ask, careful, job, say, start, story, stubborn, tell, ticks, told


@story
async def relay():
    """Runners hand a baton on, by events and by callbacks, while the loop ticks."""
    ready = [asyncio.Event() for _ in range(3)]

    async def runner(number):
        await ready[number].wait()
        say(f"runner {number} has the baton")
        await asyncio.sleep(0)
        if number + 1 < len(ready):
            ready[number + 1].set()
            say(f"runner {number} hands it on")
        await asyncio.sleep(0)
        return number

    runners = [start(runner(number)) for number in range(3)]
    for number, task in enumerate(runners):
        task.add_done_callback(lambda _, number=number: say(f"runner {number} is seen"))
    team = asyncio.gather(*runners)
    clock = start(ticks(14))
    watcher = start(ask("team", team))
    ready[0].set()
    await asyncio.wait([watcher, clock])


@story
async def kitchen():
    """Cooks and waiters of one queue, with deadlines at the same moments."""
    dishes = asyncio.Queue(2)

    async def cook(name, pace):
        for number in range(4):
            await asyncio.sleep(pace)
            await dishes.put(f"{name}{number}")
            say(f"{name} puts {name}{number}")

    async def waiter(name, patience):
        while True:
            try:
                async with asyncio.timeout(patience):
                    dish = await dishes.get()
            except TimeoutError as error:
                say(f"{name} goes home: {told(error)}")
                return
            say(f"{name} has {dish}")
            await asyncio.sleep(0.5)
            dishes.task_done()

    async with asyncio.TaskGroup() as group:
        cooks = [group.create_task(cook("a", 0.25)), group.create_task(cook("b", 0.5))]
        group.create_task(waiter("x", 1))
        group.create_task(waiter("y", 0.5))
        await asyncio.sleep(1)
        say(f"b is sent away: {cooks[1].cancel()}")
        await asyncio.wait(cooks)
        say(f"{cooks[0].cancelled()} {cooks[1].cancelled()}")
        await dishes.join()
        say("all is served")


@story
async def storm():
    """Stops and deadlines that come in one turn, from several sides."""

    async def boat(name, patience):
        async with asyncio.timeout(patience) as limit:
            try:
                await asyncio.gather(careful(f"{name}1", 5, 0.25), stubborn(f"{name}2", 5, 2), job(f"{name}3", 1, 3))
            finally:
                say(f"{name}: {limit.expired()} {asyncio.current_task().cancelling()}")

    boats = [start(boat(name, 1)) for name in "abc"]

    async def wind():
        await asyncio.sleep(1)
        say(f"wind: {boats[0].cancel('wind')} {boats[2].cancel('wind')}")
        await asyncio.sleep(0)
        say(f"wind: {boats[1].cancel('again')}")

    blowing = start(wind())
    for number, task in enumerate(boats):
        await ask(f"boat {number}", task)
    await blowing
    say([task.cancelling() for task in boats])


@story
async def library():
    """Readers of one book, behind shields, with as many ways to wait for them."""
    book = asyncio.Lock()

    async def reader(name, pages):
        async with book:
            say(f"{name} reads")
            await asyncio.sleep(pages)
        say(f"{name} is done")
        return pages

    readers = [start(reader(name, pages)) for name, pages in [("a", 0.5), ("b", 0.25), ("c", 0), ("d", 0.5)]]
    await ask("impatient", asyncio.wait_for(asyncio.shield(readers[0]), 0.25))
    say(f"b is sent away: {readers[1].cancel('noise')}")
    done, pending = await asyncio.wait(readers, return_when=asyncio.FIRST_COMPLETED)
    say(f"{len(done)} {len(pending)}")
    try:
        async for task in asyncio.as_completed(readers[2:], timeout=0.5):
            say(f"{readers.index(task)} comes")
    except TimeoutError as error:
        say(told(error))
    results = await asyncio.gather(*readers, return_exceptions=True)
    say(" ".join(told(result) if isinstance(result, BaseException) else str(result) for result in results))


@story
async def river():
    """Generators in a chain, drained by two tasks of which one is stopped."""

    async def spring():
        try:
            for drop in range(100):
                await asyncio.sleep(0.25)
                yield drop
        finally:
            say("the spring dries up")
            await asyncio.sleep(0.25)
            say("the spring is dry")

    async def mill(water):
        try:
            async for drop in water:
                if drop % 2:
                    say(f"the mill turns with {drop}")
                    yield drop * 10
        finally:
            say("the mill stands still")
            await water.aclose()

    async def village(name, flow, limit):
        taken = []
        try:
            async for flour in flow:
                say(f"{name} has {flour}")
                taken.append(flour)
                await asyncio.sleep(0)
                if len(taken) == limit:
                    break
        finally:
            await flow.aclose()
        return taken

    first = start(village("a", mill(spring()), 2))
    second = start(village("b", mill(spring()), 100))
    say(await first)
    say(second.cancel("flood"))
    await asyncio.gather(ask("b", second), ticks(3))


@story
async def at_one_moment():
    """Everything is due at 1: it comes in the order in which it was asked for."""
    loop = asyncio.get_running_loop()

    async def limited(name):
        await ask(name, asyncio.wait_for(asyncio.sleep(2), 1))

    async def waiting(name, task):
        done, pending = await asyncio.wait([task], timeout=1)
        say(f"{name}: {len(done)} {len(pending)}")

    async def sleeping(name):
        await asyncio.sleep(1)
        say(name)

    slow = start(job("slow", 1, 1))
    some = [sleeping("a"), limited("b"), waiting("c", slow), sleeping("d")]

    async def stopper(task):
        await asyncio.sleep(1)
        say(f"stop: {task.cancel('stop')}")

    tasks = [start(program) for program in some]
    tasks.append(start(stopper(tasks[1])))
    tasks.append(start(sleeping("e")))
    tasks.append(start(stopper(tasks[5])))
    say(len(await asyncio.gather(*tasks, return_exceptions=True)))


if __name__ == "__main__":
    tell(dict(globals()))
