"""Three generators, each of which pulls at the one before: an item goes all the way before the next one is made."""
from twin import run, say


def source(count):
    for number in range(count):
        say(f"source makes {number}")
        yield number


def keep_even(numbers):
    for number in numbers:
        if number % 2 == 0:
            yield number
        else:
            say(f"{number} is dropped")


def double(numbers):
    return (number * 2 for number in numbers)


async def main(count):
    results = []
    for number in double(keep_even(source(count))):
        say(f"{number} arrives")
        results.append(number)
    return results


run(main, count=10)
