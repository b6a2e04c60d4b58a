"""Which entries hold which word or value: read entry by entry, then kept as compactly as can be searched.

Pure. A set of entries is one integer whose bits are their numbers, in their default
order. A word held by few entries is kept as the list of them, which is smaller, and
becomes bits when it is looked for.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, count, islice

from levers.words import exact_name, fold

DENSE = 32
"""A list takes four bytes an entry, bits take one for eight: bits are smaller from one entry in 32 on."""


LONG = 50
"""From how many numbers on a set is read as a whole."""

ONE = ord("1")


def bits_of(numbers: Iterable[int], size: int) -> int:
    """Return a set of entries as bits."""
    digits = bytearray(b"0") * size
    for number in numbers:
        digits[number] = ONE
    digits.reverse()
    return int(digits or b"0", 2)


def numbers_in(bits: int, start: int, stop: int) -> list[int]:
    """Return some numbers of a set, lowest first: those of a page, or all of them.

    A page takes its bits one by one, once those before it are put aside; a long list
    is quicker read digit by digit.
    """
    if stop - start > LONG:
        return list(islice(compress(count(), bin(bits)[:1:-1].encode().replace(b"0", b"\0")), start, stop))
    if start:
        before = bisect_left(range(bits.bit_length()), start, key=lambda at: (bits & ((1 << at) - 1)).bit_count())
        bits = bits >> before << before
    found = []
    while bits and len(found) < stop - start:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def union(parts: Iterable[int]) -> int:
    """Return the entries that stand in any of the sets."""
    total = 0
    for bits in parts:
        total |= bits
    return total


def intersection(start: int, parts: Iterable[int]) -> int:
    """Return the entries that stand in every set."""
    for bits in parts:
        start &= bits
    return start


def counts_in(base: int, values: Mapping[str, int]) -> dict[str, int]:
    """Return how many entries of a set hold each value, values that none holds left out."""
    counted = ((value, (bits & base).bit_count()) for value, bits in values.items())
    return {value: number for value, number in counted if number}


class Postings:
    """For each word of a lexicon, by its number there, the entries that hold it in one field."""

    def __init__(self, words: Sequence[str], lists: Mapping[str, array], size: int):
        self._size = size
        self._dense: dict[int, int] = {}
        self._rare, self._starts = array("I"), array("I", [0])
        for number, word in enumerate(words):
            if held := lists.get(word):
                if len(held) * DENSE > size:
                    self._dense[number] = bits_of(held, size)
                else:
                    self._rare += held
            self._starts.append(len(self._rare))

    def holding(self, words: Iterable[int]) -> int:
        """Return the entries that hold any of the words."""
        total, rare = 0, array("I")
        for word in words:
            total |= self._dense.get(word, 0)
            rare += self._rare[self._starts[word] : self._starts[word + 1]]
        return total | bits_of(rare, self._size) if rare else total


class Order:
    """The entries in an order of their own, to be read from its beginning."""

    def __init__(self, numbers: Iterable[int]):
        self._sorted = array("I", numbers)
        self._rank = array("I", bytes(4 * len(self._sorted)))
        for rank, number in enumerate(self._sorted):
            self._rank[number] = rank

    def read(self, bits: int, start: int, stop: int) -> list[int]:
        """Return some numbers of a set in this order; a few are sorted, many are soon met along the way."""
        total, size = bits.bit_count(), len(self._sorted)
        if total * total < size * stop:
            return sorted(numbers_in(bits, 0, total), key=self._rank.__getitem__)[start:stop]
        marks = bits.to_bytes(size // 8 + 1, "little")
        return list(islice((number for number in self._sorted if marks[number >> 3] >> (number & 7) & 1), start, stop))


def _numbers() -> array:
    """Return an empty list of numbers, small, and nothing for the garbage collector to look at."""
    return array("I")


class Draft:
    """What is read of the entries, one after the other, before the index is made. No entry is kept."""

    def __init__(self):
        self.fields = (defaultdict(_numbers), defaultdict(_numbers), defaultdict(_numbers))
        self.values: dict[str, dict[str, array]] = defaultdict(lambda: defaultdict(_numbers))
        self.names: dict[str, array] = defaultdict(_numbers)
        self.keys: list[int] = []
        self._positions: list[int] = []
        self._titles: list[str] = []
        self._updated: list[int] = []

    def add(self, entry) -> None:
        """Read one entry of ``levers/search.py``."""
        number = len(self.keys)
        self.keys.append(entry.key)
        self._positions.append(entry.position)
        title = fold(entry.title)
        self._titles.append(title)
        self._updated.append(-entry.updated.toordinal())
        for lists, text in zip(self.fields, (entry.name, entry.summary, entry.body), strict=True):
            for word in text.split():
                lists[word].append(number)
        for name, values in entry.facets.items():
            lists = self.values[name]
            for value in values:
                lists[value].append(number)
        for name in {exact_name(name) for name in (title, *entry.names)}:
            self.names[name].append(number)

    def put_in_order(self) -> None:
        """Number the entries in their default order: by position, then by key."""
        old = sorted(range(len(self.keys)), key=lambda number: (self._positions[number], self.keys[number]))
        if old == list(range(len(old))):
            return
        new = array("I", bytes(4 * len(old)))
        for number, before in enumerate(old):
            new[before] = number
        for lists in (*self.fields, *self.values.values(), self.names):
            for key, numbers in lists.items():
                lists[key] = array("I", map(new.__getitem__, numbers))
        for column in (self.keys, self._titles, self._updated):
            column[:] = [column[before] for before in old]

    def orders(self) -> dict[str, Order]:
        """Return the orders that a reader may ask for; ties keep the default one."""
        columns = {"title": self._titles, "updated": self._updated}
        return {name: Order(sorted(range(len(by)), key=by.__getitem__)) for name, by in columns.items()}

    def held(self) -> dict[str, int]:
        """Return every word, with the number of fields of entries that hold it."""
        held = {word: len(numbers) for word, numbers in self.fields[2].items()}
        for lists in self.fields[:2]:
            for word, numbers in lists.items():
                held[word] = held.get(word, 0) + len(numbers)
        return held
