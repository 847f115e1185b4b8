"""The numbers of loopscope::Random in Python: wyrand, and Lemire's way to a number below n.

python3 chance.py prints some; chance.txt is what it printed.
"""

WORD = (1 << 64) - 1


class Random:
    """Numbers that a seed decides, the same as in Rust."""

    def __init__(self, seed):
        self.state = seed & WORD

    def word(self):
        """64 bits."""
        self.state = (self.state + 0x2D358DCCAA6C78A5) & WORD
        product = self.state * (self.state ^ 0x8BB84B93962EACC9)
        return (product & WORD) ^ (product >> 64)

    def below(self, n):
        """A whole number below n; 0 when there is none."""
        if n == 0:
            return 0
        product = self.word() * n
        if product & WORD < n:
            # As many of the lowest products as would make some numbers likelier than others.
            unfair = (1 << 64) % n
            while product & WORD < unfair:
                product = self.word() * n
        return product >> 64

    def seconds(self, shortest, longest):
        """A time between two, both included, in whole milliseconds."""
        shortest, longest = (int(round(seconds * 1e9)) // 1_000_000 for seconds in (shortest, longest))
        return (shortest + self.below(max(longest - shortest, 0) + 1)) / 1000

    def chance(self, percent):
        """Yes in so many of a hundred cases."""
        return self.below(100) < percent


def numbers(seed):
    random = Random(seed)
    yield from (random.below(n) for n in (0, 1, 2, 6, 100, 10_000_019, 1 << 63, (1 << 63) + 1, WORD))
    yield from (round(1000 * random.seconds(*span)) for span in ((0.5, 2), (0, 0.001), (3, 3), (2, 1), (0.1, 0.5)))
    yield from (int(random.chance(percent)) for percent in (0, 5, 50, 95, 100))


if __name__ == "__main__":
    for seed in (*range(20), 4711, 1 << 53, WORD):
        print(seed, *numbers(seed))
