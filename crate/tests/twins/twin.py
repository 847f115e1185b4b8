"""What the twins of ../tasks share: the loop, what they say, and small programs to run.

Needs CPython 3.13. Each file of twins prints what the Rust programs of the same names
must say: python3.13 tasks.py > tasks.txt
"""
import asyncio
import gc

from loop import VirtualLoop


def say(text):
    print(f"{asyncio.get_running_loop().time():.3f} {text}")


def told(error):
    if error is None:
        return "None"
    text = type(error).__name__
    group = isinstance(error, BaseExceptionGroup)
    message = error.message if group else str(error.args[0]) if error.args else ""
    if message:
        text += f": {message}"
    if group:
        text += f" [{'; '.join(map(told, error.exceptions))}]"
    if error.__cause__ is not None:
        text += f" cause({told(error.__cause__)})"
    if error.__context__ is not None and error.__context__ is not error.__cause__:
        text += f" context({told(error.__context__)})"
    return text


def kinds(error):
    """Tells an error without what led to it."""
    text = type(error).__name__
    if isinstance(error, BaseExceptionGroup):
        return f"{text}[{' '.join(map(kinds, error.exceptions))}]"
    return text + (f"({error.args[0]})" if error.args and error.args[0] != "" else "")


async def ask(name, awaitable):
    """Says what comes of it."""
    try:
        value = await awaitable
    except BaseException as error:
        say(f"{name}: {told(error)}")
        return error
    say(f"{name}: {value}")


async def job(name, seconds, value=0, error=None):
    """Takes some time, and says how it goes."""
    say(f"{name} starts")
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError as stop:
        say(f"{name} is stopped: {told(stop)}")
        raise
    if error is not None:
        say(f"{name} fails")
        raise error
    say(f"{name} ends")
    return value


async def careful(name, seconds, clean_up):
    """Cleans up on every way out."""
    try:
        await asyncio.sleep(seconds)
    finally:
        say(f"{name} cleans up")
        await asyncio.sleep(clean_up)
        say(f"{name} is clean")


async def stubborn(name, seconds, value):
    """Refuses to stop."""
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError as stop:
        say(f"{name} refuses: {told(stop)}")
    return value


async def ticks(count):
    """Makes the turns of the loop visible."""
    for tick in range(count):
        say(f"tick {tick}")
        await asyncio.sleep(0)


def start(program, name=None):
    return asyncio.create_task(program, name=name)


def story(program):
    program.is_story = True
    return program


def tell(module):
    """Runs all stories of a module: the functions that are marked with `story`."""
    for name, program in module.items():
        if not getattr(program, "is_story", False):
            continue
        print(f"# {name}")
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:

            def unhandled(loop, context):
                say_at = f"{loop.time():.3f}"
                message = context["message"].partition(" <")[0]
                print(f"{say_at} unhandled: {message}: {told(context.get('exception'))}")

            runner.get_loop().set_exception_handler(unhandled)
            runner.run(program())
            gc.collect()
