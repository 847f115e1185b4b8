"""An exit decides what becomes of an error: this one swallows a ValueError, and lets any other through."""
import asyncio

from twin import run, say


class Form:
    async def __aenter__(self):
        say("the form is open")

    async def __aexit__(self, kind, error, traceback):
        await asyncio.sleep(0.5)
        say("the form is put away")  # after an error as well
        return isinstance(error, ValueError)


async def fill_in(failure):
    """Fills in a form, fails with an error, and tells what became of it."""
    try:
        async with Form():
            await asyncio.sleep(0.5)
            say(f"{type(failure).__name__}: {failure.args[0]}")
            raise failure
    except type(failure) as error:
        if error is failure:
            return "escaped"
        raise
    return "suppressed"


async def main():
    value_error = await fill_in(ValueError('"many" is no number'))
    say(f"the first error was {value_error}")
    key_error = await fill_in(KeyError('the form has no field "size"'))
    say(f"the second error {key_error}")
    return {"value_error": value_error, "key_error": key_error}


run(main)
