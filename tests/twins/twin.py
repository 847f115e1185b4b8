"""What the twins share: from twin import run, say

A twin is a program in plain asyncio that does what the scenario of its name does. python3 NAME.py limit=4 seed=7 runs it
on a virtual clock and prints what it said, with the time, and its result. python3 twin.py NAME "" "limit=4 seed=7" runs
it once for each of these, and prints them above what it said.
"""
import asyncio
import json
import runpy
import sys
from pathlib import Path

# The crate's own twins have the loop.
sys.path.append(str(Path(__file__).parents[2] / "crate" / "tests" / "twins"))

from loop import VirtualLoop


def now():
    """The seconds since the program began."""
    return asyncio.get_running_loop().time()


def say(text):
    """Says something, with the time."""
    print(f"{now():.3f} {text}")


def block(seconds):
    """A blocking call: time passes, and nobody runs."""
    asyncio.get_running_loop().clock.pass_by(seconds)


async def offload_block(seconds):
    """A blocking call on another thread, which takes its time without being in anyone's way."""
    await asyncio.sleep(seconds)


def number(text):
    return int(text) if text.lstrip("-").isdigit() else float(text)


def plain(result):
    """A result without the digits that floats add: times are whole nanoseconds."""
    match result:
        case dict():
            return {name: plain(value) for name, value in result.items()}
        case list() | tuple():
            return [plain(value) for value in result]
        case float():
            return round(result, 9)
    return result


def run(main, **params):
    """Runs main with these parameters, or what the command line says instead."""
    for argument in sys.argv[1:]:
        name, _, value = argument.partition("=")
        if name not in params:
            sys.exit(f"there is no parameter {name}: there are {', '.join(params)}")
        params[name] = number(value)
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        result = runner.run(main(**params))
    print("result", json.dumps(plain(result)))


if __name__ == "__main__":
    name, *sets = sys.argv[1:]
    for arguments in sets:
        print(f"$ {arguments}".strip())
        sys.argv[1:] = arguments.split()
        runpy.run_path(f"{name}.py", run_name="__main__")
