"""How many tokens an answer's row takes, pictures included, and the rows that fit.

How many a picture adds depends on its size alone, so each size is asked for once.
"""

from collections.abc import Mapping
from typing import Any

from align.lengths import kept_where
from align.loading import Loaded
from align.reward.encoding import Encoder, stops_of
from align.reward.exchange import Exchange, exchanges_of


class Lengths:
    """Counts the tokens of rows for one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._sizes: dict[tuple[int, int], int] = {}

    def of(self, row: Mapping[str, Any]) -> int:
        """Tokens of the longer side of a row of the `critique-reward` export."""
        return max(map(self.of_exchange, exchanges_of(row)))

    def of_exchange(self, exchange: Exchange) -> int:
        """Tokens of one answer's row, with its critique where it has one."""
        pictures = sum(self._picture(picture) for picture in exchange.pictures)
        return pictures + self.encoder.words(exchange)

    def _picture(self, picture: Any) -> int:
        """What a picture of that size adds to the placeholder that stands for it."""
        if picture.size not in self._sizes:
            self._sizes[picture.size] = self.encoder.added_by(picture)
        return self._sizes[picture.size]


def within(rows: Any, loaded: Loaded, most: int) -> tuple[Any, int]:
    """Rows of a `datasets.Dataset` with at most `most` tokens a side; how many others there are."""
    lengths = Lengths(Encoder(loaded.processor, stops_of(loaded.model)))
    return kept_where(rows, lambda row: lengths.of(row) <= most)
