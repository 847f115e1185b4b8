"""The twins of ../tasks/{timeout,wait_for,handed_out,time}.rs."""
import asyncio

from twin import ask, careful, job, say, start, story, stubborn, tell, ticks, told


async def unclean(name, seconds, error=None):
    """Fails when it is stopped."""
    try:
        await asyncio.sleep(seconds)
    finally:
        raise error or KeyError(name)


async def within(delay, awaitable):
    async with asyncio.timeout(delay) as limit:
        value = await awaitable
        say(f"{limit.expired()} {limit!r}")
        return value


# When the time comes


@story
async def timeout_fires():
    async with asyncio.timeout(None) as limit:
        say(f"{limit.when()} {limit!r}")
    say(repr(limit))
    try:
        async with asyncio.timeout_at(0.25) as limit:
            say(f"{limit.when()} {limit!r}")
            await job("a", 5)
    except TimeoutError as error:
        say(told(error))
    say(f"{limit.expired()} {limit.when()} {limit!r}")
    await ask("b", within(0.25, job("b", 5)))
    say(asyncio.current_task().cancelling())


@story
async def timeout_does_not_fire():
    await ask("a", within(5, job("a", 0.25, 7)))
    await ask("b", within(5, job("b", 0.25, error=ValueError("b"))))
    await ask("c", within(None, job("c", 0.25, 8)))


@story
async def timeout_of_no_time():
    await ask("a", within(0, job("a", 5)))
    await ask("b", within(0, job("b", 0)))
    await ask("c", within(-5, job("c", 0)))

    async def nothing():
        return 1

    await ask("d", within(0, nothing()))
    await asyncio.gather(ask("e", within(0, job("e", 5))), ticks(4))


@story
async def timeout_waits_for_the_clean_up():
    await ask("a", within(0.25, careful("a", 5, 1)))


@story
async def timeout_of_a_task():
    task = start(job("a", 5))
    await ask("a", within(0.25, task))
    say(task.cancelled())


@story
async def timeouts_in_timeouts():
    async def outer():
        async with asyncio.timeout(0.25) as first:
            try:
                async with asyncio.timeout(1) as second:
                    await job("a", 5)
            finally:
                say(f"{first.expired()} {second.expired()}")

    await ask("outer", outer())

    async def inner():
        async with asyncio.timeout(1):
            await ask("inner", within(0.25, job("b", 5)))
            await job("c", 5)

    await ask("inner", inner())


@story
async def timeouts_at_one_time():
    async def both():
        async with asyncio.timeout_at(0.25) as first:
            try:
                async with asyncio.timeout_at(0.25) as second:
                    await job("a", 5)
            except BaseException as error:
                say(told(error))
                raise
            finally:
                say(f"{first.expired()} {second.expired()}")

    await ask("both", both())
    say(asyncio.current_task().cancelling())


@story
async def timeout_in_a_clean_up():
    async def body():
        try:
            await asyncio.sleep(5)
        finally:
            await ask("clean up", within(0.25, asyncio.sleep(5)))

    await ask("body", within(0.25, body()))


# What the body makes of it


@story
async def timeout_is_swallowed():
    await ask("a", within(0.25, stubborn("a", 5, 42)))
    say(asyncio.current_task().cancelling())


@story
async def timeout_and_another_error():
    await ask("a", within(0.25, unclean("a", 5)))

    async def deeper():
        try:
            try:
                raise ValueError("first")
            finally:
                await asyncio.sleep(5)
        finally:
            await unclean("second", 0)

    await ask("deeper", within(0.25, deeper()))

    async def first():
        try:
            raise ValueError("first")
        finally:
            await asyncio.sleep(5)

    await ask("first", within(0.25, first()))


# Other requests to stop


@story
async def timeout_and_a_stop_from_elsewhere():
    async def body():
        async with asyncio.timeout(5) as limit:
            asyncio.current_task().cancel("own")
            try:
                await asyncio.sleep(5)
            finally:
                say(limit.expired())

    task = start(body())
    await ask("body", task)
    task = start(within(5, job("a", 9)))
    await asyncio.sleep(1)
    task.cancel("outside")
    await ask("a", task)
    say(f"{task.cancelled()} {task.cancelling()}")


@story
async def timeout_and_a_stop_in_one_turn():
    for first in (True, False):
        task = start(within(1, job("a", 5)))
        if first:
            # The timer of this sleep is set before the timeout's.
            await asyncio.sleep(1)
            task.cancel("outside")
        else:
            await asyncio.sleep(0)
            await asyncio.sleep(1)
            task.cancel("outside")
        await ask("a", task)
        say(f"{task.cancelled()} {task.cancelling()}")


@story
async def timeout_and_a_stop_in_the_clean_up():
    task = start(within(0.25, careful("a", 5, 1)))
    await asyncio.sleep(0.5)
    task.cancel("outside")
    await ask("a", task)
    say(f"{task.cancelled()} {task.cancelling()}")


@story
async def timeout_after_a_stop():
    async def stopped(delay, again):
        asyncio.current_task().cancel()
        await stubborn("a", 1, 0)
        say(asyncio.current_task().cancelling())
        async with asyncio.timeout(delay):
            if again:
                asyncio.current_task().cancel("again")
            await asyncio.sleep(2)

    await ask("timeout", start(stopped(0, False)))
    await ask("cancel", start(stopped(1, True)))


@story
async def timeout_is_moved():
    async def body(change):
        async with asyncio.timeout(1) as limit:
            change(limit)
            say(f"{limit.when()}")
            await asyncio.sleep(3)
        say("in time")

    now = asyncio.get_running_loop().time
    await ask("later", body(lambda limit: limit.reschedule(now() + 5)))
    await ask("never", body(lambda limit: limit.reschedule(None)))
    await ask("sooner", body(lambda limit: limit.reschedule(now() + 0.5)))
    await ask("now", body(lambda limit: limit.reschedule(now())))
    await ask("past", body(lambda limit: limit.reschedule(1.0)))

    async def taken_back():
        async with asyncio.timeout(0) as limit:
            limit.reschedule(now() + 1)
            await asyncio.sleep(0)
            say("not yet")
            await asyncio.sleep(5)

    await ask("taken back", taken_back())


@story
async def timeout_is_moved_by_another_task():
    limits = []

    async def body():
        async with asyncio.timeout(10) as limit:
            limits.append(limit)
            await asyncio.sleep(50)

    task = start(body())
    await asyncio.sleep(0)
    limits[0].reschedule(30.0)
    say(limits[0].when())
    await asyncio.sleep(20)
    limits[0].reschedule(None)
    say(limits[0].when())
    await asyncio.sleep(20)
    say(task.cancel())
    await ask("body", task)
    say(limits[0].expired())


@story
async def timeout_is_misused():
    limit = asyncio.timeout(1)
    now = asyncio.get_running_loop().time

    def move(name):
        try:
            limit.reschedule(now() + 1)
        except RuntimeError as error:
            say(f"{name}: {told(error)}")

    move("before")
    async with limit:
        await ask("again", limit.__aenter__())
        move("inside")
    move("after")
    await ask("again", limit.__aenter__())
    limit = asyncio.timeout(1)
    async with limit:
        await stubborn("a", 5, 0)
        move("expiring")
    limit = asyncio.timeout(1)
    try:
        async with limit:
            await asyncio.sleep(5)
    except TimeoutError:
        pass
    move("expired")


# wait_for


@story
async def wait_for_gives_what_comes():
    await ask("a", asyncio.wait_for(job("a", 1, 5), None))
    await ask("b", asyncio.wait_for(job("b", 1, 6), 2))
    await ask("c", asyncio.wait_for(job("c", 1, error=ValueError("c")), 2))
    await ask("d", asyncio.wait_for(start(job("d", 1, 7)), 1))


@story
async def wait_for_is_too_slow():
    task = start(job("a", 5))
    await ask("a", asyncio.wait_for(task, 0.25))
    say(task.cancelled())
    await ask("b", asyncio.wait_for(job("b", 5), 0.25))
    await ask("c", asyncio.wait_for(careful("c", 5, 1), 0.25))
    await ask("d", asyncio.wait_for(start(careful("d", 5, 1)), 0.25))
    await ask("e", asyncio.wait_for(start(unclean("e", 5)), 0.25))
    await ask("f", asyncio.wait_for(stubborn("f", 5, 42), 0.25))
    await ask("g", asyncio.wait_for(start(stubborn("g", 5, 42)), 0.25))


@story
async def wait_for_no_time():
    ended = start(job("a", 0, 1))
    await asyncio.sleep(1)
    await ask("a", asyncio.wait_for(ended, 0))
    await ask("b", asyncio.wait_for(job("b", 0), 0))
    running = start(careful("c", 5, 1))
    await asyncio.sleep(1)
    await ask("c", asyncio.wait_for(running, -1))
    say(running.cancelled())
    running = start(stubborn("d", 5, 42))
    await asyncio.sleep(1)
    await ask("d", asyncio.wait_for(running, 0))
    running = start(unclean("e", 5))
    await asyncio.sleep(1)
    await ask("e", asyncio.wait_for(running, 0))
    await asyncio.gather(ask("f", asyncio.wait_for(job("f", 0), 0)), ticks(6))


@story
async def wait_for_is_stopped():
    for limit in (None, 60, 0):
        inner = start(careful("a", 5, 1))
        waiter = start(asyncio.wait_for(inner, limit))
        await asyncio.sleep(0.25)
        waiter.cancel("stop")
        await ask("waiter", waiter)
        say(inner.cancelled())
        await asyncio.sleep(2)


@story
async def wait_for_what_ends_as_it_is_stopped():
    """CPython's test_wait_for_issue86296."""
    inner = start(job("a", 0, 5))

    async def waiter():
        await asyncio.wait_for(inner, 100)
        say("not reached")

    task = start(waiter())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await ask("waiter", task)
    await ask("inner", inner)


@story
async def wait_for_a_shield():
    inner = start(job("a", 1, 5))
    shield = asyncio.shield(inner)
    await ask("zero", asyncio.wait_for(shield, 0))
    say(f"{inner.done()} {shield.cancelled()}")
    await ask("short", asyncio.wait_for(asyncio.shield(inner), 0.25))
    await ask("none", asyncio.wait_for(asyncio.shield(inner), None))
    gathered = asyncio.gather(job("b", 1, 1), job("c", 1, 2))
    await ask("gather", asyncio.wait_for(gathered, 0))


# A yield inside of a timeout or a group (PEP 789)


async def numbers_in_time():
    async with asyncio.timeout(0.25):
        try:
            yield 1
            yield 2
        finally:
            say("generator ends")


@story
async def yield_in_a_timeout():
    async def consumer():
        numbers = numbers_in_time()
        async for number in numbers:
            say(number)
            await job("body", 5)

    await ask("consumer", consumer())
    say(asyncio.current_task().cancelling())


@story
async def yield_in_a_timeout_that_is_kept():
    numbers = numbers_in_time()

    async def consumer():
        async for number in numbers:
            say(number)
            await job("body", 5)

    task = start(consumer())
    await ask("consumer", task)
    say(f"{task.cancelled()} {task.cancelling()}")
    await ask("close", numbers.aclose())


@story
async def yield_in_a_timeout_and_on():
    numbers = numbers_in_time()

    async def consumer():
        async for number in numbers:
            say(number)
            await stubborn("body", 5, 0)
        say("over")

    await ask("consumer", consumer())


@story
async def yield_in_a_timeout_as_the_program_ends():
    numbers = numbers_in_time()
    await anext(numbers)
    await stubborn("body", 5, 0)
    del numbers


@story
async def yield_in_a_group():
    async def numbers():
        async with asyncio.TaskGroup() as group:
            group.create_task(job("a", 0.25, error=ValueError("a")))
            try:
                yield 1
                yield 2
            finally:
                say("generator ends")

    async def consumer(kept):
        async for number in kept:
            say(number)
            await job("body", 5)

    kept = numbers()
    await ask("consumer", consumer(kept))
    await ask("close", kept.aclose())
    say(asyncio.current_task().cancelling())


# Equal deadlines


@story
async def equal_deadlines():
    async def sleeper(name):
        await asyncio.sleep(1)
        say(name)

    await asyncio.gather(*map(sleeper, range(5)))


@story
async def equal_deadlines_of_timeouts():
    async def sleeper(name):
        await ask(name, within(1, asyncio.sleep(1)))

    async def other(name):
        await asyncio.sleep(1)
        say(name)

    await asyncio.gather(other("a"), sleeper("b"), other("c"), ask("d", asyncio.wait_for(asyncio.sleep(1), 1)))
    task = start(job("e", 1))
    done, pending = await asyncio.wait([task], timeout=1)
    say(f"{len(done)} {len(pending)}")


if __name__ == "__main__":
    tell(dict(globals()))
