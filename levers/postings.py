"""Which entries hold which word, in which field; sets of entries as bits; orders. Pure.

A set of entries is one integer whose bits are the numbers of its entries. A word held
by few is kept as the list of its marks, which is smaller, and becomes bits when it is
looked for. What changes is a copy: an index being read is never touched.
"""

from array import array
from collections.abc import Iterable, Mapping
from itertools import islice

DENSE = 32
"""A mark takes four bytes, bits take one for eight entries: bits are smaller from one entry in 32 on."""

ONE = ord("1")

Reach = tuple[int, int, int]
"""The entries that hold something in their names; in their names or summary; anywhere."""


def bits_of(numbers: Iterable[int], size: int) -> int:
    """Return a set of entries as bits."""
    digits = bytearray(b"0") * size
    for number in numbers:
        digits[number] = ONE
    digits.reverse()
    return int(digits or b"0", 2)


def numbers_in(bits: int) -> list[int]:
    """Return the numbers of a set, lowest first."""
    digits, found = bin(bits)[:1:-1], []
    at = digits.find("1")
    while at >= 0:
        found.append(at)
        at = digits.find("1", at + 1)
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


def reach_of(marks: Iterable[int], size: int) -> Reach:
    """Return the entries that some marks name: an entry's number and, in the last two bits, one of its fields."""
    digits = [bytearray(b"0") * size for _ in range(3)]
    for mark in marks:
        digits[mark & 3][mark >> 2] = ONE
    for field in digits:
        field.reverse()
    names, summaries, bodies = (int(field, 2) if ONE in field else 0 for field in digits)
    return names, names | summaries, names | summaries | bodies


class Postings:
    """For each word, the entries that hold it and in which field."""

    def __init__(self, size: int, dense: dict[str, Reach], rare: dict[str, bytes]):
        self._size, self._dense, self._rare = size, dense, rare

    @classmethod
    def of(cls, marks: dict[str, array], size: int) -> "Postings":
        """Return the postings of words given with their marks, which are emptied on the way."""
        postings = cls(size, {}, {})
        while marks:
            postings._put(*marks.popitem())
        return postings

    def _put(self, word: str, marks: array) -> None:
        if len(marks) * DENSE > self._size:
            self._rare.pop(word, None)
            self._dense[word] = reach_of(marks, self._size)
        else:
            self._rare[word] = marks.tobytes()

    def words(self) -> Iterable[str]:
        """Return every word that some entry holds."""
        return (*self._dense, *self._rare)

    def reach(self, words: Iterable[str]) -> Reach:
        """Return the entries that hold any of the words."""
        names = summaries = anywhere = 0
        rare = []
        for word in words:
            if (known := self._dense.get(word)) is not None:
                names, summaries, anywhere = names | known[0], summaries | known[1], anywhere | known[2]
            elif (marks := self._rare.get(word)) is not None:
                rare.append(marks)
        if rare:
            few = reach_of(memoryview(b"".join(rare)).cast("I"), self._size)
            names, summaries, anywhere = names | few[0], summaries | few[1], anywhere | few[2]
        return names, summaries, anywhere

    def changed(self, gone: frozenset[int], marks: Mapping[str, array], size: int) -> "Postings":
        """Return the same without some entries and with the marks of others."""
        after = Postings(size, dict(self._dense), dict(self._rare))
        if gone:
            after._forget(gone)
        for word, fresh in marks.items():
            if (known := after._dense.get(word)) is not None:
                more = reach_of(fresh, size)
                after._dense[word] = (known[0] | more[0], known[1] | more[1], known[2] | more[2])
            else:
                after._put(word, array("I", after._rare.get(word, b"")) + fresh)
        return after

    def _forget(self, gone: frozenset[int]) -> None:
        kept = ~bits_of(gone, max(gone) + 1)
        for word, reach in list(self._dense.items()):
            if any(left := tuple(bits & kept for bits in reach)):
                self._dense[word] = left
            else:
                del self._dense[word]
        lost = frozenset(number << 2 | field for number in gone for field in range(3))
        for word, packed in list(self._rare.items()):
            marks = memoryview(packed).cast("I")
            if lost.isdisjoint(marks):
                continue
            if left := array("I", (mark for mark in marks if mark not in lost)):
                self._rare[word] = left.tobytes()
            else:
                del self._rare[word]


class Order:
    """The entries in an order, to be read from any place of it."""

    def __init__(self, numbers: Iterable[int], size: int):
        self._sorted = array("I", numbers)
        self._rank = array("I", bytes(4 * size))
        for rank, number in enumerate(self._sorted):
            self._rank[number] = rank

    def read(self, bits: int, start: int, stop: int) -> list[int]:
        """Return some numbers of a set in this order; a few are sorted, many are soon met along the way."""
        total, size = bits.bit_count(), len(self._sorted)
        if total * total < size * stop:
            return sorted(numbers_in(bits), key=self._rank.__getitem__)[start:stop]
        marks = bits.to_bytes(len(self._rank) // 8 + 1, "little")
        return list(islice((number for number in self._sorted if marks[number >> 3] >> (number & 7) & 1), start, stop))
