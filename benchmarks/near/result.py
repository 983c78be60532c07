"""What every tool gives: edges between texts that it holds near."""

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

THRESHOLD = 0.7
PERMUTATIONS = 128


def write(path: str, one: Any, other: Any) -> None:
    """Write edges as Parquet."""
    columns = {"one_no": one, "other_no": other}
    pq.write_table(pa.table(columns), path)


def words_of(text: str) -> list[str]:
    """A text's words as these tools' own examples take them."""
    return text.lower().split()


def shingles_of(text: str) -> list[str]:
    """Every run of three words, or all of a shorter text."""
    words = words_of(text)
    if len(words) < 3:
        return [" ".join(words)]
    return [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]
