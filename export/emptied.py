"""Splits of a build of which an export holds no row: whoever trains or tests would look in vain."""

from collections.abc import Mapping


def emptied(rows: Mapping[str, int], refused: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """A warning for each split whose rows were all refused, by reason; both are by split."""
    return tuple(
        f"no row of split {split} is left: {_reasons(refused[split])}"
        for split, count in rows.items()
        if not count and refused.get(split)
    )


def _reasons(refused: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {reason}" for reason, count in sorted(refused.items()))
