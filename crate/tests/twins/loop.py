"""Runs an asyncio program on a virtual clock that jumps to the next deadline: vrun(main())"""
import asyncio
import selectors


class Clock(selectors.BaseSelector):
    """A selector that waits for nothing but time, which passes at once."""

    def __init__(self):
        self.now = 0.0
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
        self.now += max(timeout, 0)
        return []


class VLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.clock = Clock()
        super().__init__(self.clock)
        self._clock_resolution = 1e-9

    def time(self):
        return self.clock.now


def vrun(program):
    with asyncio.Runner(loop_factory=VLoop) as runner:
        return runner.run(program)
