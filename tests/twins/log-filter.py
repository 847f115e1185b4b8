"""Finds the errors in a log line by line, and once more with a list after each step."""
from twin import run, say


def line(number, errors):
    """A line of the log; of every hundred as many are errors as there should be."""
    level = "error" if number * errors % 100 < errors else "info"
    return f"  {number:07} {level:>5}: disk {number % 8} answers  "


def log(lines, errors):
    for number in range(1, lines + 1):
        yield line(number, errors)


def is_error(line):
    return "error" in line


def lazy(lines, errors):
    """One line is in memory at a time, however long the log is."""
    found = (line for line in log(lines, errors) if is_error(line))
    trimmed = (line.strip() for line in found)
    matched = 0
    for line in (line.upper() for line in trimmed):
        matched += 1
        if matched == 1:
            say(f"the first: {line}")
    return matched


def eager(lines, errors):
    """Every step has all its lines before the next one begins."""
    log = [line(number, errors) for number in range(1, lines + 1)]
    found = [line for line in log if is_error(line)]
    trimmed = [line.strip() for line in found]
    upper = [line.upper() for line in trimmed]
    if upper:
        say(f"the first: {upper[0]}")
    return len(upper)


async def main(lines, errors):
    matched = lazy(lines, errors)
    say(f"lazily: {matched} of {lines} lines")
    again = eager(lines, errors)
    say(f"with lists: {again} of {lines} lines")
    return {"matched": matched, "lazy": {}, "eager": {}}


run(main, lines=10_000, errors=5)
