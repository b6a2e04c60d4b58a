"""The entries of an index by number: their keys, orders, names and values of facets. Pure; a change is a copy.

A number is given once and not given back: what takes an entry's place comes under
another number, and the default order, like the others, is kept apart.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from levers.postings import Order, bits_of
from levers.words import exact_name, fold

Marks = dict[str, array]
"""For each word, an entry's number and in the last two bits the field that holds it: 0 names, 1 summary, 2 body."""


def _numbers() -> array:
    """Return an empty list of numbers: small, and nothing for the garbage collector to look at."""
    return array("I")


class Roll:
    """What is known of entries besides their words."""

    def __init__(self):
        self.size = 0
        self.keys: list[int] = []
        self.numbers: dict[int, int] = {}
        self.values: dict[str, dict[str, int]] = {}
        self.names: dict[str, array] = {}
        self._positions, self._titles, self._updated = [], [], []

    def changed(self, gone: Iterable[int], entries: Iterable) -> tuple["Roll", frozenset[int], Marks]:
        """Return the roll without some keys and with other entries, the numbers that left, the marks of the words."""
        after = Roll()
        after.keys, after.numbers = list(self.keys), dict(self.numbers)
        after._positions, after._titles = list(self._positions), list(self._titles)
        after._updated = list(self._updated)
        left = frozenset(after.numbers.pop(key) for key in gone if key in after.numbers)
        marks: Marks = defaultdict(_numbers)
        values: dict[str, dict[str, array]] = defaultdict(lambda: defaultdict(_numbers))
        names: dict[str, array] = defaultdict(_numbers)
        for entry in entries:
            number = after._enter(entry, names)
            for mark, text in enumerate((entry.name, entry.summary, entry.body), start=number << 2):
                for word in text.split():
                    marks[word].append(mark)
            for name, held in entry.facets.items():
                lists = values[name]
                for value in held:
                    lists[value].append(number)
        after.size = len(after.keys)
        after.values = self._values_with(values, left, after.size)
        after.names = self._names_with(names, left)
        return after, left, marks

    def _enter(self, entry, names: Mapping[str, array]) -> int:
        number = len(self.keys)
        self.keys.append(entry.key)
        self.numbers[entry.key] = number
        self._positions.append(entry.position)
        self._titles.append(fold(entry.title))
        self._updated.append(entry.updated.toordinal())
        for name in {exact_name(name) for name in (entry.title, *entry.names)} - {""}:
            names[name].append(number)
        return number

    def _values_with(self, fresh: Mapping, left: frozenset[int], size: int) -> dict[str, dict[str, int]]:
        kept = ~bits_of(left, size)
        values = {
            name: {value: bits & kept for value, bits in known.items() if bits & kept}
            for name, known in self.values.items()
        }
        for name, lists in fresh.items():
            known = values.setdefault(name, {})
            for value in sorted(lists):
                known[value] = known.get(value, 0) | bits_of(lists[value], size)
        return {name: known for name, known in values.items() if known}

    def _names_with(self, fresh: Mapping[str, array], left: frozenset[int]) -> dict[str, array]:
        names = dict(self.names)
        if left:
            for name, numbers in self.names.items():
                if not left.isdisjoint(numbers):
                    names[name] = array("I", (number for number in numbers if number not in left))
        for name, numbers in fresh.items():
            names[name] = names.get(name, _numbers()) + numbers
        return names

    @cached_property
    def everything(self) -> int:
        """Return every entry, as bits."""
        return bits_of(self.numbers.values(), self.size)

    @cached_property
    def orders(self) -> dict[str, Order]:
        """Return the orders that a reader may ask for; ties keep the default one: by position, then by key."""
        default = sorted(self.numbers.values(), key=lambda number: (self._positions[number], self.keys[number]))
        by_title = sorted(default, key=self._titles.__getitem__)
        latest = sorted(default, key=lambda number: -self._updated[number])
        orders = {"": default, "title": by_title, "updated": latest}
        return {name: Order(numbers, self.size) for name, numbers in orders.items()}
