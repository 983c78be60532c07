"""The form of a benchmark's signatures, which a build joins with its prompts."""

from dataclasses import dataclass

import pyarrow as pa

from curate.near.looks import LOOKS

LOOK_FIELDS = ("hashes", "grids", "width", "height")
MARK, VERSION = b"pairwright_signatures", b"1"

SIGNATURES = pa.schema(
    [
        ("row", pa.string()),
        ("shingles", pa.list_(pa.int64())),
        *(field for field in LOOKS if field.name in LOOK_FIELDS),
    ],
    metadata={MARK: VERSION},
)
"""One row is the text of a benchmark's row, or one of its pictures; `row` names it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A benchmark's signatures (SIGNATURES), and what of it could not be taken, by reason."""

    table: pa.Table
    unread: dict[str, int]
