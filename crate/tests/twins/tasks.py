"""The twins of ../tasks/{task,gather,wait,shield}.rs."""
import asyncio

from twin import ask, careful, job, say, start, story, stubborn, tell, ticks, told

# Tasks


@story
async def stopped_before_the_start():
    task = start(job("a", 1))
    say(task.cancel("no"))
    await ask("a", task)
    say(f"{task.cancelled()} {task.cancelling()} {task.cancel()}")


@story
async def stopped_twice():
    task = start(careful("a", 10, 1))
    await asyncio.sleep(0.25)
    task.cancel("once")
    await asyncio.sleep(0.25)
    task.cancel("twice")
    await ask("a", task)
    say(task.cancelling())


@story
async def stopped_once_and_clean():
    task = start(careful("a", 10, 1))
    await asyncio.sleep(0.25)
    task.cancel()
    await ask("a", task)
    say(task.cancelled())


@story
async def stopped_at_the_end():
    async def last_step():
        asyncio.current_task().cancel("late")
        return 5

    task = start(last_step())
    await ask("a", task)
    say(task.cancelled())


@story
async def stopped_while_it_runs():
    async def itself():
        asyncio.current_task().cancel("own")
        say("goes on")
        await asyncio.sleep(5)

    await ask("a", start(itself()))


@story
async def a_stop_goes_inward():
    async def outer(inner):
        await ask("inner", inner)
        await asyncio.sleep(1)

    inner = start(job("b", 5))
    task = start(outer(inner))
    await asyncio.sleep(0.25)
    task.cancel("stop")
    say(f"{task.cancelling()} {inner.cancelling()}")
    await ask("outer", task)
    say(f"{inner.cancelled()} {task.cancelled()}")


@story
async def a_stop_is_refused():
    task = start(stubborn("a", 5, 42))
    await asyncio.sleep(0.25)
    task.cancel("please")
    await ask("a", task)
    say(f"{task.cancelled()} {task.cancelling()}")


@story
async def a_stop_between_two_turns():
    async def turns():
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        say("not reached")

    task = start(turns())
    await asyncio.sleep(0)
    task.cancel()
    await ask("a", task)


async def just_ask(name, awaitable):
    await ask(name, awaitable)


@story
async def a_stop_in_the_turn_of_the_end():
    inner = start(job("b", 1, 7))
    outer = start(just_ask("inner", inner))
    inner.add_done_callback(lambda _: say(f"asked to stop: {outer.cancel('late')}"))
    await ask("outer", outer)
    await ask("again", inner)


@story
async def a_stop_that_comes_after_the_end():
    inner = start(job("b", 1, 7))
    outer = start(just_ask("inner", inner))
    await asyncio.sleep(1)
    say(f"asked to stop: {outer.cancel('late')}")
    await ask("outer", outer)


@story
async def several_hear_of_one_end():
    error = ValueError("no")
    failing = start(job("a", 1, error=error))
    errors = await asyncio.gather(ask("x", failing), ask("y", failing))
    say(errors[0] is error and errors[1] is error)
    stopped = start(job("b", 1))
    await asyncio.sleep(0)
    stopped.cancel("stop")
    errors = await asyncio.gather(ask("x", stopped), ask("y", stopped))
    say(errors[0] is errors[1])


@story
async def a_task_waits_for_itself():
    async def itself():
        try:
            await task
        except RuntimeError as error:
            say(str(error)[:26])

    task = start(itself())
    await asyncio.gather(task, ticks(4))


@story
async def callbacks():
    def call(name):
        def callback(task):
            say(f"{name}: {task.get_name()} {task.done()} {asyncio.current_task()}")
            if name == "x":
                start(job("by x", 0))

        return callback

    task = start(job("a", 0, 1), name="a")
    task.add_done_callback(call("x"))
    asker = start(ask("a", task))
    await asyncio.sleep(0)
    task.add_done_callback(call("y"))
    await ticks(3)
    task.add_done_callback(call("z"))
    await ticks(3)
    await asker


@story
async def who_runs():
    async def worker():
        say(asyncio.current_task().get_name())
        asyncio.current_task().set_name("renamed")
        await asyncio.sleep(1)

    asyncio.current_task().set_name("main")
    task = start(worker(), name="worker")
    await asyncio.sleep(0.5)
    say(task.get_name())
    others = [other.get_name() for other in asyncio.all_tasks()]
    say(" ".join(sorted(others)))
    await task
    say(len(asyncio.all_tasks()))


# Counting the requests to stop


async def limited(seconds, limit):
    """What a timeout does, by hand."""
    task = asyncio.current_task()
    fired = False

    async def watch():
        nonlocal fired
        await asyncio.sleep(limit)
        fired = True
        task.cancel()

    watch = start(watch())
    try:
        await asyncio.sleep(seconds)
        say("in time")
    except asyncio.CancelledError as stop:
        say(f"{fired} {task.uncancel()} {told(stop)}")
    watch.cancel()
    await asyncio.sleep(0)
    say(f"goes on, {task.cancelling()}")


@story
async def uncancel_structured_blocks():
    await start(limited(10, 0.25))
    await start(limited(0, 10))


@story
async def uncancel_resets_must_cancel():
    inner = start(job("b", 1, 42))
    outer = start(just_ask("inner", inner))

    def change(_):
        say(f"{outer.cancel()} {outer.cancelling()}")
        say(f"{outer.uncancel()} {outer.cancelling()}")

    inner.add_done_callback(change)
    await outer
    say(outer.uncancel())


@story
async def uncancel_leaves_what_is_under_way():
    task = start(job("a", 5))
    await asyncio.sleep(0.25)
    task.cancel()
    task.cancel()
    say(f"{task.cancelling()} {task.uncancel()} {task.uncancel()}")
    await ask("a", task)


# gather


@story
async def gather_gives_all():
    names = await asyncio.gather(job("a", 2, 1), job("b", 1, 2), job("c", 3, 3), ticks(3))
    say(names[:3])
    say(await asyncio.gather())


@story
async def gather_gives_the_first_error():
    slow = start(job("c", 3, 3))
    await ask("all", asyncio.gather(job("a", 2, error=ValueError("a")), job("b", 1, error=KeyError("b")), slow))
    say(slow.done())
    await ask("c", slow)


@story
async def gather_of_errors_in_one_turn():
    error = ValueError("a")
    gathered = asyncio.gather(job("a", 1, error=error), job("b", 1, error=KeyError("b")))
    say(await ask("all", gathered) is error)


@story
async def gather_results():
    results = await asyncio.gather(
        job("a", 2, error=ValueError("a")), job("b", 1, 2), start(job("c", 3)), return_exceptions=True
    )
    say(told(results[0]))
    say(results[1:])


@story
async def gather_with_a_stopped_child():
    child = start(job("a", 5))
    other = start(job("b", 1, 1))
    gathered = asyncio.gather(child, other)
    await asyncio.sleep(0.25)
    child.cancel("one")
    await ask("all", gathered)
    say(other.cancelled())
    child = start(job("c", 5))
    gathered = asyncio.gather(child, job("d", 1, 1), return_exceptions=True)
    await asyncio.sleep(0.25)
    child.cancel("one")
    results = await gathered
    say(f"{told(results[0])} {results[1]}")
    await ask("child", child)


@story
async def gather_is_stopped():
    async def waiter():
        await asyncio.gather(job("a", 5), job("b", 5), ticks(2))

    task = start(waiter())
    await asyncio.sleep(0.25)
    task.cancel("stop")
    await ask("all", task)


@story
async def gather_results_is_stopped():
    async def waiter():
        await asyncio.gather(job("a", 5), stubborn("b", 5, 2), return_exceptions=True)

    task = start(waiter())
    await asyncio.sleep(0.25)
    task.cancel("stop")
    await ask("all", task)


@story
async def gather_is_stopped_and_a_child_refuses():
    async def waiter():
        await ask("all", asyncio.gather(stubborn("a", 5, 1), stubborn("b", 5, 2)))

    task = start(waiter())
    await asyncio.sleep(0.25)
    task.cancel("stop")
    await ask("waiter", task)


@story
async def gather_is_stopped_after_an_error():
    slow = start(job("b", 1, 2))
    gathered = asyncio.gather(job("a", 0.5, error=ValueError("a")), slow)
    await ask("all", gathered)
    say(gathered.cancel())
    await ask("b", slow)


@story
async def gather_is_stopped_by_its_handle():
    gathered = asyncio.gather(job("a", 5), job("b", 5))
    await asyncio.sleep(0.25)
    say(gathered.cancel())
    await ask("all", gathered)
    say(gathered.cancel())


@story
async def gather_of_what_has_ended():
    ended = start(job("a", 0, 1))
    failed = start(job("b", 0, error=ValueError("b")))
    await asyncio.sleep(1)
    say(await asyncio.gather(ended, job("c", 0, 3)))
    gathered = asyncio.gather(ended, failed)
    say(gathered.done())
    await ask("all", gathered)


@story
async def gather_in_gather():
    inner = asyncio.gather(job("a", 0, 1), job("b", 0, 2))
    other = asyncio.gather(job("c", 0, 3))
    both = asyncio.gather(inner, other)
    await asyncio.gather(ask("both", both), ticks(6))


@story
async def gather_turn_by_turn():
    await asyncio.gather(ask("all", asyncio.gather(job("a", 0, 1), job("b", 0, 2))), ticks(7))
    await asyncio.gather(
        ask("all", asyncio.gather(job("a", 0, 1), job("b", 0, error=ValueError("b")))), ticks(7)
    )


# wait and as_completed


def names(some):
    return " ".join(task.get_name() for task in some) or "none"


@story
async def wait_for_the_first():
    some = [start(job(name, seconds), name) for name, seconds in [("a", 2), ("b", 1), ("c", 3)]]
    done, pending = await asyncio.wait(some, return_when=asyncio.FIRST_COMPLETED)
    say(f"{names(done)}, {names(pending)}")
    done, pending = await asyncio.wait(pending)
    say(f"{names(done)}, {names(pending)}")
    done, pending = await asyncio.wait(done)
    say(f"{names(done)}, {names(pending)}")


@story
async def wait_for_the_first_error():
    error = ValueError("c")
    some = [start(job("a", 1), "a"), start(job("b", 2), "b"), start(job("c", 3, error=error), "c"), start(job("d", 4), "d")]
    await asyncio.sleep(0.5)
    some[0].cancel()
    done, pending = await asyncio.wait(some, return_when=asyncio.FIRST_EXCEPTION)
    say(f"{names(done)}, {names(pending)}")
    done, pending = await asyncio.wait(some, return_when=asyncio.FIRST_EXCEPTION)
    say(f"{names(done)}, {names(pending)}")
    done, pending = await asyncio.wait([some[0], some[3]], return_when=asyncio.FIRST_EXCEPTION)
    say(f"{names(done)}, {names(pending)}")


@story
async def wait_with_a_timeout():
    some = [start(job("a", 1), "a"), start(job("b", 2), "b")]
    done, pending = await asyncio.wait(some, timeout=1.5)
    say(f"{names(done)}, {names(pending)}")
    done, pending = await asyncio.wait(some, timeout=0)
    say(f"{names(done)}, {names(pending)}")
    done, pending = await asyncio.wait(some, timeout=0.5)
    say(f"{names(done)}, {names(pending)}")
    await ask("nothing", asyncio.wait([]))


@story
async def wait_is_stopped():
    task = start(job("a", 1))
    waiter = start(asyncio.wait([task]))
    await asyncio.sleep(0.25)
    waiter.cancel("stop")
    await ask("waiter", waiter)
    await ask("a", task)


@story
async def wait_turn_by_turn():
    async def waiter():
        done, _ = await asyncio.wait([start(job("a", 0), "a"), start(job("b", 0), "b")])
        say(names(done))
        done, _ = await asyncio.wait(done, return_when=asyncio.FIRST_COMPLETED)
        say(names(done))

    await asyncio.gather(waiter(), ticks(9))


@story
async def as_completed():
    some = [start(job(name, seconds), name) for name, seconds in [("a", 3), ("b", 1), ("c", 2), ("d", 2)]]
    async for task in asyncio.as_completed(some + some[:2]):
        say(task.get_name())


@story
async def as_completed_with_a_timeout():
    some = [start(job(name, seconds), name) for name, seconds in [("a", 1), ("b", 3), ("c", 4)]]
    try:
        async for task in asyncio.as_completed(some, timeout=2):
            say(task.get_name())
    except TimeoutError as error:
        say(told(error))
    await asyncio.sleep(3)
    async for task in asyncio.as_completed(some[1:2], timeout=2):
        say(task.get_name())


@story
async def as_completed_with_an_error():
    some = [start(job("a", 1, error=ValueError("a")), "a"), start(job("b", 2, 5), "b")]
    async for task in asyncio.as_completed(some):
        await ask(task.get_name(), task)


@story
async def as_completed_turn_by_turn():
    async def waiter():
        some = [start(job(name, 0), name) for name in "abc"]
        async for task in asyncio.as_completed(some):
            say(task.get_name())

    await asyncio.gather(waiter(), ticks(8))


@story
async def as_completed_of_gather_turn_by_turn():
    async def waiter():
        some = [start(job(name, 0, value), name) for name, value in [("a", 1), ("b", 2), ("c", 3)]]
        async for done in asyncio.as_completed([asyncio.gather(*some[:2]), asyncio.gather(*some[2:])]):
            say(f"{done.done()} {await done}")

    await asyncio.gather(waiter(), ticks(8))


# shield


@story
async def shield_lets_the_task_go_on():
    inner = start(job("a", 1, 5))

    async def outer():
        await asyncio.shield(inner)

    task = start(outer())
    await asyncio.sleep(0.25)
    task.cancel("stop")
    await ask("outer", task)
    await ask("inner", inner)


@story
async def shield_gives_what_comes():
    await ask("value", asyncio.shield(job("a", 1, 5)))
    error = ValueError("b")
    say(await ask("error", asyncio.shield(job("b", 1, error=error))) is error)
    inner = start(job("c", 1))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(0.5, inner.cancel, "inner")
    await ask("stopped", asyncio.shield(inner))
    ended = start(job("d", 0, 6))
    await asyncio.sleep(1)
    await asyncio.gather(ask("ended", asyncio.shield(ended)), ticks(2))


@story
async def shield_is_stopped_by_its_handle():
    inner = start(job("a", 1, 5))
    shield = asyncio.shield(inner)
    await asyncio.sleep(0)
    say(f"{shield.cancel()} {shield.cancel()}")
    await ask("shield", shield)
    await ask("inner", inner)


@story
async def gather_of_shields():
    inner = [start(job("a", 1, 1)), start(job("b", 1, 2))]
    gathered = asyncio.gather(*map(asyncio.shield, inner))
    await asyncio.sleep(0.25)
    say(gathered.cancel())
    await ask("shields", gathered)
    say(await asyncio.gather(*inner))


@story
async def shield_of_gather():
    inner = asyncio.gather(job("a", 1, 1), job("b", 1, 2))
    shield = asyncio.shield(inner)
    await asyncio.sleep(0.25)
    say(shield.cancel())
    await ask("shield", shield)
    await asyncio.sleep(1)


@story
async def shield_turn_by_turn():
    await asyncio.gather(ask("shield", asyncio.shield(job("a", 0, 1))), ticks(6))
    inner = start(job("b", 0, 1))
    shield = asyncio.shield(inner)
    inner.add_done_callback(lambda _: say(shield.cancel()))
    await asyncio.gather(ask("shield", shield), ticks(6))


if __name__ == "__main__":
    tell(dict(globals()))
