"""The twins of ../tasks/unhandled.rs."""
import asyncio

from twin import ask, careful, job, say, start, story, stubborn, tell, told


def fail(name, seconds):
    return job(name, seconds, error=ValueError(name))


async def unclean(name, seconds):
    """Fails when it is stopped."""
    try:
        await asyncio.sleep(seconds)
    finally:
        raise KeyError(name)


@story
async def task_that_nobody_asks():
    start(fail("a", 1))
    kept = start(fail("b", 1))
    await asyncio.sleep(2)
    say("later")
    del kept
    start(job("c", 1)).cancel()
    await asyncio.sleep(2)
    say("end")


@story
async def task_that_somebody_asks():
    for look in (
        lambda task: task.exception(),
        lambda task: task.cancel(),
        lambda task: None,
    ):
        task = start(fail("a", 1))
        await asyncio.sleep(2)
        look(task)
        del task
        say("looked")
    task = start(fail("b", 1))
    asker = start(ask("b", task))
    del task
    await asker
    say("end")


@story
async def task_that_is_asked_to_stop_and_fails():
    task = start(unclean("a", 5))
    await asyncio.sleep(0.25)
    task.cancel()
    await asyncio.sleep(0.25)
    del task
    say("end")


@story
async def gather_that_nobody_asks():
    gathered = asyncio.gather(fail("a", 1), fail("b", 1), fail("c", 2))
    await asyncio.sleep(1.5)
    del gathered
    say("later")
    await asyncio.sleep(1.5)
    gathered = asyncio.gather(fail("d", 1), job("e", 1), return_exceptions=True)
    await asyncio.sleep(2)
    del gathered
    say("end")


@story
async def shield_that_nobody_asks():
    inner = start(fail("a", 1))
    shield = asyncio.shield(inner)
    await asyncio.sleep(2)
    del inner
    say("later")
    del shield

    async def waiter():
        await asyncio.shield(fail("b", 1))

    task = start(waiter())
    await asyncio.sleep(0.5)
    task.cancel()
    await ask("waiter", task)
    await asyncio.sleep(1)
    say("end")


@story
async def generator_that_fails_when_it_is_closed():
    async def numbers():
        try:
            yield 1
        finally:
            await asyncio.sleep(0.25)
            raise ValueError("numbers")

    kept = numbers()
    await anext(kept)
    del kept
    await asyncio.sleep(1)
    say("end")


@story
async def generators_left_at_the_end():
    async def numbers(name):
        try:
            yield 1
        except BaseException as error:
            say(f"{name}: {told(error)}")
            raise
        finally:
            await asyncio.sleep(0.25)
            say(f"{name} is clean")
        raise ValueError("not reached")

    kept = numbers("a")
    await anext(kept)
    say("end")
    del kept


KEPT = []


@story
async def generators_kept_at_the_end():
    async def numbers(name, fails):
        try:
            yield 1
        finally:
            say(f"{name} cleans up")
            await asyncio.sleep(0.25)
            say(f"{name} is clean")
            if fails:
                raise ValueError(name)

    KEPT.extend([numbers("a", False), numbers("b", True), numbers("c", False)])
    for kept in KEPT[:2]:
        await anext(kept)
    start(careful("d", 5, 0.5))
    await asyncio.sleep(0)
    say("end")


@story
async def tasks_left_at_the_end():
    start(job("a", 5))
    start(careful("b", 5, 1))
    start(unclean("c", 5))
    start(stubborn("d", 5, 1))
    await asyncio.sleep(0.25)
    start(job("e", 5))
    say("end")


@story
async def tasks_that_run_in_the_last_turn():
    async def other():
        for count in range(4):
            say(count)
            await asyncio.sleep(0)

    start(other())
    await asyncio.sleep(0)
    say("end")


if __name__ == "__main__":
    tell(dict(globals()))
