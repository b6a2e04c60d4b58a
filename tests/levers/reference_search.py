"""The slow, obvious way to search: one loop over the entries, their fields and their words.

It shares with the index what a word is (``levers/words.py``) and thinks the rest over
again: what a text asks, who answers it, what is counted, in which order.
"""

from dataclasses import dataclass, field

from levers.words import EMPTY_WORDS, INTENTION_WORDS, exact_name, fold, raw_words, stems

FIELDS = (("name", 9), ("summary", 3), ("body", 1))


@dataclass
class Asked:
    """One thing asked: how it is read word by word, and lists of (word, whether longer words will do)."""

    read: list
    ways: list = field(default_factory=list)

    def key(self):
        return [
            [(stems(word), fold(word) if longer and reaches_further(word) else "") for word, longer in way]
            for way in self.ways
        ]


@dataclass
class Answer:
    """What the slow loop finds."""

    keys: list
    counts: dict
    without: dict
    without_facets: int
    corrections: dict
    elsewhere: dict


def slips(a: str, b: str) -> int:
    """Count the letters more, less or changed, and the neighbours exchanged, from one word to another."""
    rows = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def same(a: str, b: str) -> bool:
    return bool(set(stems(a)) & set(stems(b)))


def reaches_further(word: str) -> bool:
    return len(fold(word)) >= 3 and not fold(word).isdecimal()


def found_in(words: list[str], wanted: str, longer: bool) -> bool:
    """Tell whether some words hold one, or a longer one if that will do."""
    return any(
        same(word, wanted) or (longer and reaches_further(wanted) and fold(word).startswith(fold(wanted)))
        for word in words
    )


class Slow:
    """A catalogue that is read again from end to end for each query."""

    def __init__(self, entries, synonyms=()):
        self.entries = sorted(entries, key=lambda entry: (entry.position, entry.key))
        self.groups = [
            [words for text in group if (words := self.without_empty(raw_words(text)))] for group in synonyms
        ]
        self.words = [{word for name, _ in FIELDS for word in getattr(entry, name).split()} for entry in self.entries]
        self.known = {word for words in self.words for word in words}
        self.curated = {word for group in self.groups for words in group for word in words}

    @staticmethod
    def without_empty(words):
        return [word for word in words if fold(word) not in EMPTY_WORDS] or words

    def held(self, folded: str, spelled=None) -> int:
        return sum(word == spelled if spelled else fold(word) == folded for words in self.words for word in words)

    def candidates(self, word: str) -> list[str]:
        """Return the word itself when it is known, else the nearest known ones."""
        if (
            fold(word) in EMPTY_WORDS | INTENTION_WORDS
            or found_in(list(self.known), word, longer=True)
            or found_in(list(self.curated), word, longer=False)
        ):
            return [word]
        if len(fold(word)) < 4 or not fold(word).isalpha():
            return []
        everything = {fold(known) for known in self.known | self.curated} | EMPTY_WORDS | INTENTION_WORDS
        distances = {known: slips(fold(word), known) for known in everything}
        nearest = min(distances.values())
        if nearest > (2 if len(fold(word)) >= 8 else 1):
            return []
        near = [known for known, distance in distances.items() if distance == nearest]
        return [self.spelled(known) for known in sorted(near, key=lambda known: (-self.held(known), known))]

    def spelled(self, folded: str) -> str:
        spellings = [word for word in self.known if fold(word) == folded]
        spellings = spellings or [word for word in self.curated if fold(word) == folded] or [folded]
        return max(spellings, key=lambda word: (self.held(folded, word), word))

    def asked(self, text: str) -> list[Asked]:
        """Return what a text asks, in the order in which it was typed."""
        places = [(word, self.candidates(word)) for word in self.without_empty(raw_words(text[:200]))]
        found, objects = [], []
        while places:
            length, chosen = self.expression(places)
            if length:
                read = [(word, [own]) for (word, _), own in zip(places, chosen[0][1], strict=False)]
                ways = [[(word, True) for _, (word,) in read]]
                ways += [[(word, False) for word in words] for group, _ in chosen for words in group]
                found.append(Asked(read, ways))
                objects.append(True)
            else:
                word, known = places[0]
                objects.append(not known or not all(fold(w) in EMPTY_WORDS | INTENTION_WORDS for w in known))
                taken = known if known == [word] else [w for w in known if self.held(fold(w))][:3]
                ways = [[(w, known == [word])] for w in taken] or [[(word, True)]]
                found.append(Asked([(word, taken)], ways))
            places = places[max(length, 1) :]
        kept = [one for one, is_object in zip(found, objects, strict=True) if is_object] or found
        return [one for at, one in enumerate(kept) if one.key() not in [before.key() for before in kept[:at]]]

    def expression(self, places):
        """Return how long the longest expression of the curators here is, the groups that say it, and how it is read."""
        fitting = []
        for group in self.groups:
            for words in group:
                own = [
                    next((c for c in known if same(c, word)), None)
                    for (_, known), word in zip(places, words, strict=False)
                ]
                if len(words) <= len(places) and all(own):
                    fitting.append((len(words), group, own))
        longest = max((length for length, _, _ in fitting), default=0)
        return longest, [(group, own) for length, group, own in fitting if length == longest]

    def weight(self, entry, one: Asked) -> int:
        """Return the best field down to which one of the ways is wholly found."""
        words = []
        for name, weight in FIELDS:
            words += getattr(entry, name).split()
            if any(all(found_in(words, word, longer) for word, longer in way) for way in one.ways):
                return weight
        return 0

    def search(self, query) -> Answer:
        """Answer a query by reading every entry."""
        asked = self.asked(query.text)
        said = " ".join(taken[0] if len(taken) == 1 else word for one in asked for word, taken in one.read)
        names = {entry.key: {exact_name(name) for name in (entry.title, *entry.names)} for entry in self.entries}
        typed = exact_name(query.text[:200])
        called = typed if typed in set().union(*names.values()) else exact_name(said)
        chosen = {name: values for name, values in query.facets.items() if values}
        found, counts, elsewhere, by_text = [], {}, {}, 0
        without = dict.fromkeys([*chosen, "q"], 0)
        for place, entry in enumerate(self.entries):
            weights = [self.weight(entry, one) for one in asked]
            failed = [name for name, values in chosen.items() if not values & entry.facets.get(name, frozenset())]
            elsewhere[entry.key] = sum(weight == 1 for weight in weights)
            if not failed and asked and chosen:
                without["q"] += 1
            if 0 in weights:
                continue
            by_text += 1
            if not failed:
                exact = bool(asked) and called in names[entry.key]
                found.append((not exact, -sum(weights), place, entry))
            for name, values in entry.facets.items():
                if failed in ([], [name]):
                    for value in values:
                        counts.setdefault(name, {}).setdefault(value, 0)
                        counts[name][value] += 1
            if len(failed) == 1:
                without[failed[0]] += 1
        if query.sort == "title":
            found.sort(key=lambda row: (fold(row[3].title), row[2]))
        elif query.sort == "updated":
            found.sort(key=lambda row: (-row[3].updated.toordinal(), row[2]))
        else:
            found.sort(key=lambda row: row[:3])
        corrections = {word: tuple(taken) for one in asked for word, taken in one.read if taken and taken != [word]}
        lost = {} if found else {name: number for name, number in without.items() if number}
        return Answer([row[3].key for row in found], counts, lost, by_text, corrections, elsewhere)
