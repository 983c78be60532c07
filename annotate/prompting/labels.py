"""Names for answers that say nothing but their place in the order shown."""

from string import ascii_uppercase


def labels(n_answers: int) -> tuple[str, ...]:
    """`A`, `B`, ... `Z`, `AA`, `AB`, ...: one for each answer, as columns of a sheet are named."""
    return tuple(_label(place) for place in range(n_answers))


def _label(place: int) -> str:
    more, last = divmod(place, len(ascii_uppercase))
    return (_label(more - 1) if more else "") + ascii_uppercase[last]
