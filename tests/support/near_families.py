"""Families of texts that were made near one another, between texts that were not."""

import random
from collections.abc import Iterator

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Writer:
    """Writes texts of invented words by a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._words = ["".join(self.chance.choices(LETTERS, k=6)) for _ in range(3000)]

    def text(self, words: int) -> list[str]:
        """So many words by chance."""
        return self.chance.choices(self._words, k=words)

    def varied(self, text: list[str], changes: int) -> list[str]:
        """A copy in which so many words are others, more or gone."""
        found = list(text)
        for _ in range(changes):
            at = self.chance.randrange(len(found))
            word = self.chance.choice(self._words)
            found[at : at + self.chance.choice([0, 1, 1])] = [word]
        return found

    def family(self, words: int, size: int, changes: int) -> Iterator[str]:
        """A text and variants of it, each with up to so many changes."""
        first = self.text(words)
        yield " ".join(first)
        for _ in range(size - 1):
            yield " ".join(self.varied(first, self.chance.randint(0, changes)))

    def template(self, words: int, size: int) -> Iterator[str]:
        """A text with one word for a name, each time another."""
        first = self.text(words)
        for number in range(size):
            yield " ".join([*first[: words // 2], f"name{number}", *first[words // 2 :]])
