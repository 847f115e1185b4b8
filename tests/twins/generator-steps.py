"""Pulls a generator by hand: its body starts at the first pull and freezes at every yield."""
from twin import run, say


def count_up(count):
    say("body: I start")
    for number in range(1, count + 1):
        say(f"body: I yield {number} and freeze")
        yield number
        say(f"body: I go on after {number}")
    say("body: I end")


async def main(count):
    numbers = count_up(count)
    say("made, and nothing of it has run")
    produced = []
    while True:
        say("pull")
        try:
            number = next(numbers)
        except StopIteration:
            break
        say(f"got {number}")
        produced.append(number)
    say("exhausted")
    return {"produced": produced}


run(main, count=3)
