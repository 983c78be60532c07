"""A seeded corpus of answers with families of near copies: OUT COUNT.

Families have 2 to 500 members that differ in up to 6 words of 100; a fifth of the long texts open
with one of five phrases; some are the same refusal, some a template with another name each time; a
tenth are short; one in twelve is in ideographs. Words follow Zipf's law and are invented.
"""

import sys
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

LETTERS = "abcdefghijklmnopqrstuvwxyz"
IDEOGRAPHS = [chr(code) for code in range(0x4E00, 0x5600)]
RATES = (0, 0.01, 0.02, 0.04, 0.06)
SEED = 1
ROWS = 10_000


class Corpus:
    """Writes texts by a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.words = ["".join(self.chance.choices(LETTERS, k=self.length())) for _ in range(30_000)]
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.words))))
        self.openings = [self.some(self.chance.randint(12, 30)) for _ in range(5)]

    def length(self) -> int:
        """The length of a word."""
        return self.chance.randint(2, 10)

    def some(self, count: int) -> list[str]:
        """So many words."""
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def fresh(self) -> tuple[list[str], str]:
        """A new text's tokens, and what stands between them."""
        short = self.chance.random() < 0.1
        count = self.chance.randint(3, 9) if short else self.chance.randint(40, 300)
        if self.chance.random() < 0.08:
            return self.chance.choices(IDEOGRAPHS, k=count), ""
        opening = self.chance.choice(self.openings) if self.chance.random() < 0.2 else []
        return [*(opening if not short else []), *self.some(count)], " "

    def varied(self, tokens: list[str], rate: float) -> list[str]:
        """A near copy: words replaced, left out and put in."""
        found = list(tokens)
        for _ in range(max(1, int(len(found) * rate))):
            at, kind = self.chance.randrange(len(found)), self.chance.random()
            word = self.chance.choice(self.words)
            if kind < 0.6:
                found[at] = word
            elif kind < 0.8 and len(found) > 3:
                del found[at]
            else:
                found.insert(at, word)
        return found

    def size(self) -> int:
        """How many members a family has; most have one."""
        drawn = self.chance.random()
        for below, low, high in ((0.8, 1, 1), (0.97, 2, 6), (0.9985, 7, 80)):
            if drawn < below:
                return self.chance.randint(low, high)
        return self.chance.randint(100, 500)

    def families(self) -> Iterator[tuple[int, str]]:
        """Texts with the number of their family, for ever."""
        family = 0
        while True:
            family += 1
            tokens, between = self.fresh()
            yield family, between.join(tokens)
            for _ in range(self.size() - 1):
                yield family, between.join(self.varied(tokens, self.chance.choice(RATES)))

    def fixed(self) -> str | None:
        """A refusal, or a template with a name; seldom."""
        drawn = self.chance.random()
        if drawn < 0.005:
            return "I'm sorry, but I can't help with that request."
        if drawn < 0.01:
            name = self.chance.choice(self.words)
            return (
                f"I cannot say who the person in this picture is, who may be called {name}, since "
                "that would not be right; what I can describe are the clothes, the place, the "
                "light and the mood of the picture, if that is of any help to you."
            )
        return None


def rows(count: int) -> Iterator[tuple[int, int, str]]:
    """Number, family and text of each document; refusals are family 0, templates -1."""
    corpus = Corpus(SEED)
    families = corpus.families()
    for number in range(count):
        fixed = corpus.fixed()
        if fixed is None:
            yield number, *next(families)
        else:
            yield number, 0 if len(fixed) < 60 else -1, fixed


def main(out: str, count: str) -> None:
    """Write the corpus as Parquet: doc_no, family, text."""
    schema = pa.schema([("doc_no", pa.int64()), ("family", pa.int64()), ("text", pa.string())])
    written = rows(int(count))
    with pq.ParquetWriter(Path(out), schema, compression="zstd") as writer:
        while batch := list(islice(written, ROWS)):
            columns = [list(column) for column in zip(*batch, strict=True)]
            writer.write_table(pa.table(columns, schema=schema))


if __name__ == "__main__":
    main(*sys.argv[1:])
