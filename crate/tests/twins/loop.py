"""An asyncio loop on a virtual clock: time is a count of whole nanoseconds, and jumps to the next deadline.

What asyncio leaves open, this loop decides as loopscope does: equal deadlines fire in the order in which they were set,
and what asyncio keeps in sets is kept in the order in which it came.
"""
import asyncio
import heapq
import itertools
import selectors
import weakref
from asyncio import taskgroups, tasks


class Clock(selectors.BaseSelector):
    """A selector that waits for nothing but time, which passes at once."""

    def __init__(self):
        self.nanos = 0
        self.files = {}

    def register(self, fileobj, events, data=None):
        self.files[fileobj] = selectors.SelectorKey(fileobj, 0, events, data)
        return self.files[fileobj]

    def unregister(self, fileobj):
        return self.files.pop(fileobj, None)

    def get_map(self):
        return self.files

    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError("deadlock: nothing is ready and no timer is set")
        self.pass_by(timeout)
        return []

    def pass_by(self, seconds):
        self.nanos += nanos(max(seconds, 0))


def nanos(seconds):
    return round(seconds * 1e9)


class Timer(asyncio.TimerHandle):
    """A timer that knows which one was set first."""

    __slots__ = ("number",)

    def __lt__(self, other):
        return (self._when, self.number) < (other._when, other.number)


class Ordered(dict):
    """A set that keeps the order in which it was filled."""

    def __init__(self, items=()):
        super().__init__((item, None) for item in items)

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)

    remove = discard


class WeakOrdered(weakref.WeakSet):
    def __init__(self):
        super().__init__()
        self.data = Ordered()


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.clock = Clock()
        super().__init__(self.clock)
        # Deadlines are whole nanoseconds: what is due is due exactly.
        self._clock_resolution = 0.5e-9
        self._asyncgens = WeakOrdered()
        self.numbers = itertools.count()
        self.ages = weakref.WeakKeyDictionary()

    def time(self):
        return self.clock.nanos / 1e9

    def create_task(self, program, **options):
        task = super().create_task(program, **options)
        self.ages[task] = next(self.numbers)
        return task

    def call_at(self, when, callback, *args, context=None):
        timer = Timer(nanos(when) / 1e9, callback, args, self, context)
        timer.number = next(self.numbers)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at((self.clock.nanos + nanos(delay)) / 1e9, callback, *args, context=context)


def oldest_first(loop=None, all_tasks=tasks.all_tasks):
    return sorted(all_tasks(loop), key=lambda task: task.get_loop().ages[task])


tasks.set = taskgroups.set = Ordered
tasks.all_tasks = oldest_first


def drive(program):
    """Runs a program to its end."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(program)
