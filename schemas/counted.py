"""Numbers of things, as a sentence says them."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 pair`, `2,000 pairs`; `many` where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
