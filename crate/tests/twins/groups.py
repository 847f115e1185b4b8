"""The twins of ../tasks/group.rs."""
import asyncio

from twin import ask, careful, job, say, start, story, stubborn, tell, ticks, told


def fail(name, seconds, error=None):
    return job(name, seconds, error=error or ValueError(name))


async def unclean(name, seconds):
    """Fails when it is stopped."""
    try:
        await asyncio.sleep(seconds)
    finally:
        raise KeyError(name)


@story
async def group_waits_for_all():
    async with asyncio.TaskGroup() as group:
        a = group.create_task(job("a", 1, 42))
        await asyncio.sleep(0.5)
        b = group.create_task(job("b", 2, 11), name="yolo")
        say(b.get_name())
    say(f"{a.result()} {b.result()}")


@story
async def group_with_a_stopped_child():
    async with asyncio.TaskGroup() as group:
        a = group.create_task(job("a", 1))
        await asyncio.sleep(0.25)
        a.cancel()
        b = group.create_task(job("b", 1, 11))
    say(f"{a.cancelled()} {b.result()}")


@story
async def group_with_a_failing_child():
    async def runner():
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("a", 1))
            group.create_task(job("b", 5))
            await job("body", 5)
        say("not reached")

    task = start(runner())
    await ask("group", task)
    say(f"{task.cancelled()} {task.cancelling()}")


@story
async def group_with_several_failing_children():
    async def runner():
        async with asyncio.TaskGroup() as group:
            for name in "abc":
                group.create_task(fail(name, 1))
            group.create_task(unclean("d", 5))
            group.create_task(job("e", 5))

    await ask("group", start(runner()))


@story
async def group_is_stopped_while_it_waits():
    async def runner():
        async with asyncio.TaskGroup() as group:
            for name in "ab":
                group.create_task(job(name, 5))

    task = start(runner())
    await asyncio.sleep(0.25)
    task.cancel("stop")
    await ask("group", task)
    say(task.cancelling())


@story
async def group_is_stopped_in_its_body():
    async def runner():
        async with asyncio.TaskGroup() as group:
            group.create_task(job("a", 5))
            await job("body", 5)

    task = start(runner())
    await asyncio.sleep(0.25)
    task.cancel("stop")
    await ask("group", task)


@story
async def group_is_stopped_and_children_fail():
    async def runner():
        async with asyncio.TaskGroup() as group:
            group.create_task(unclean("a", 5))
            group.create_task(unclean("b", 5))
            await job("body", 5)

    task = start(runner())
    await asyncio.sleep(0.25)
    task.cancel("stop")
    await ask("group", task)
    say(task.cancelling())


@story
async def group_is_stopped_twice():
    async def runner():
        async with asyncio.TaskGroup() as group:
            group.create_task(careful("a", 5, 1))

    task = start(runner())
    await asyncio.sleep(0.25)
    task.cancel("once")
    await asyncio.sleep(0.25)
    task.cancel("twice")
    await ask("group", task)


@story
async def group_whose_body_fails():
    async def runner(wait):
        async with asyncio.TaskGroup() as group:
            group.create_task(job("a", 1))
            group.create_task(job("b", 2))
            if wait:
                await asyncio.sleep(0.25)
            raise ValueError("body")

    await ask("group", runner(True))
    await ask("group", runner(False))


@story
async def groups_in_groups():
    async def runner():
        async with asyncio.TaskGroup() as outer:
            outer.create_task(job("a", 5))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(unclean("b", 5))
                inner.create_task(unclean("c", 5))
                await asyncio.sleep(5)

    task = start(runner())
    await asyncio.sleep(0.25)
    task.cancel()
    await ask("group", task)


@story
async def group_whose_outer_child_fails():
    async def runner():
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fail("a", 1))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(fail("b", 5))

    await ask("group", start(runner()))


@story
async def group_whose_inner_child_fails():
    async def runner():
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fail("a", 5))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(fail("b", 1))

    await ask("group", start(runner()))


@story
async def group_is_stopped_while_a_child_fails():
    async def runner():
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("a", 0.5))
            await careful("body", 5, 1)

    task = start(runner())
    await asyncio.sleep(0.25)
    task.cancel("stop")
    await ask("group", task)
    say(task.cancelling())


@story
async def group_whose_body_is_stopped_and_fails():
    async def runner(outside):
        async with asyncio.TaskGroup() as group:
            if not outside:
                group.create_task(fail("a", 0.25))
            await unclean("body", 5)

    task = start(runner(True))
    await asyncio.sleep(0.25)
    task.cancel()
    await ask("group", task)
    await ask("group", start(runner(False)))


@story
async def group_whose_body_swallows_the_stop():
    async def runner():
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("a", 0.25))
            await stubborn("body", 5, 1)
            say("goes on")

    await ask("group", start(runner()))


@story
async def group_with_an_error_that_is_not_ordinary():
    async def runner():
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("a", 0.25, GeneratorExit("a")))
            await unclean("body", 5)

    await ask("group", start(runner()))


@story
async def group_that_grows():
    async def root(group):
        await asyncio.sleep(0.5)
        group.create_task(job("a", 0.5))
        group.create_task(job("b", 1))

    async with asyncio.TaskGroup() as group:
        group.create_task(root(group))
    say("over")


@story
async def group_that_takes_no_more():
    group = asyncio.TaskGroup()

    async def late():
        await stubborn("late", 5, 0)
        refused("late")

    def refused(name):
        coroutine = asyncio.sleep(0)
        try:
            group.create_task(coroutine)
        except RuntimeError as error:
            say(f"{name}: {told(error)}")

    async def runner():
        async with group:
            group.create_task(late())
            group.create_task(fail("a", 1))

    refused("before")
    await ask("group", start(runner()))
    refused("after")
    await ask("again", runner())


@story
async def group_that_is_over():
    group = asyncio.TaskGroup()
    async with group:
        await ask("again", group.__aenter__())
    coroutine = asyncio.sleep(0)
    try:
        group.create_task(coroutine)
    except RuntimeError as error:
        say(told(error))


@story
async def group_keeps_the_count():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("a", 0))
    except* ValueError:
        say(asyncio.current_task().cancelling())

    async def runner():
        try:
            async with asyncio.TaskGroup() as outer:
                try:
                    async with asyncio.TaskGroup() as inner:
                        inner.create_task(fail("b", 0, KeyError("b")))
                        outer.create_task(fail("c", 0))
                except* KeyError:
                    say("inner failed")
                say(asyncio.current_task().cancelling())
        except* ValueError:
            say("outer failed")
        say(asyncio.current_task().cancelling())

    await runner()


@story
async def group_fails_and_is_stopped():
    async def inner():
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(fail("a", 0.25))
                group.create_task(careful("b", 5, 1))
        except* ValueError as error:
            say(f"{len(error.exceptions)} {asyncio.current_task().cancelling()}")
        await job("after", 5)

    task = start(inner())
    await asyncio.sleep(0.5)
    say(task.cancelling())
    task.cancel("stop")
    say(task.cancelling())
    await ask("inner", task)
    say(f"{task.cancelled()} {task.cancelling()}")


@story
async def group_turn_by_turn():
    async def runner(error):
        async with asyncio.TaskGroup() as group:
            group.create_task(job("a", 0))
            if error:
                group.create_task(fail("b", 0))
            group.create_task(stubborn("c", 0, 0))

    for error in (False, True):
        await asyncio.gather(ask("group", runner(error)), ticks(7))


@story
async def group_whose_tasks_end_in_the_body():
    async def runner():
        async with asyncio.TaskGroup() as group:
            group.create_task(job("a", 0))
            await asyncio.sleep(1)
            say("body ends")
        say("group ends")

    await asyncio.gather(runner(), ticks(2))


@story
async def group_with_a_timeout():
    """CPython's test_timeout_taskgroup."""

    async def runner():
        async with asyncio.timeout(0.25):
            async with asyncio.TaskGroup() as group:
                group.create_task(unclean("a", 2))
                try:
                    raise ValueError("body")
                finally:
                    await asyncio.sleep(1)

    await ask("group", runner())


if __name__ == "__main__":
    tell(dict(globals()))
