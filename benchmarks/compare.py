"""Whether files of pairs hold the same pairs: FILE OTHER ..., exit 1 where they do not.

The margin as a share is compared to the six decimals that ours keeps, all else to the last digit.
"""

import sys

import pyarrow.parquet as pq

EXACT = (
    "pair_id",
    "prompt_id",
    "chosen",
    "rejected",
    "margin_raw",
    "agreement",
    "n_raters",
    "level",
)
SHARE = "margin"
DIGITS = 1e-6


def differing(path: str, other: str) -> str | None:
    """The first column in which two files of pairs differ, None where they are the same."""
    ours, theirs = (pq.read_table(file).sort_by("pair_id") for file in (path, other))
    if ours.num_rows != theirs.num_rows:
        return f"{ours.num_rows} and {theirs.num_rows} rows"
    for name in EXACT:
        values = [
            [str(value) if isinstance(value, str) else float(value) for value in column.to_pylist()]
            for column in (ours[name], theirs[name])
        ]
        if values[0] != values[1]:
            return name
    shares = zip(ours[SHARE].to_pylist(), theirs[SHARE].to_pylist(), strict=True)
    return SHARE if any(abs(float(one) - float(two)) > DIGITS for one, two in shares) else None


def main(path: str, *others: str) -> int:
    """Say of each file whether it holds the same pairs as the first."""
    found = {other: differing(path, other) for other in others}
    for other, difference in found.items():
        print(f"{other}: {'same pairs' if difference is None else f'differs in {difference}'}")
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
