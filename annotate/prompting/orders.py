"""In which orders answers are shown, so that a place in the list favours none of them.

Judges lean towards places, so one prompt is read in several orders: rows of a Latin square, in
which no answer keeps its slot. The square is fixed for a number of answers; which answer plays
which part in it is drawn by a hash of the prompt's id, so that over prompts every answer stands in
every slot equally often and the same prompt always gets the same orders.
"""

import hashlib
from functools import cache
from itertools import combinations

Order = tuple[int, ...]


def orders(n_answers: int, n_orders: int, seed: str) -> tuple[Order, ...]:
    """`n_orders` orders of the answers 0 to `n_answers` - 1, each naming what stands in each slot.

    There are no more than `n_answers` of them, since a further one would repeat a slot. Fewer
    orders are always the first of more, so that a reading paid for still counts after `orders` is
    raised. The second order is the first one read backwards, so every pair changes its relative
    place; for an odd number of answers that would leave the middle one where it was, so it trades
    places with its neighbour and only this one pair keeps its order.
    """
    _check(n_answers, n_orders)
    drawn = _drawn(n_answers, seed)
    rows = _square(n_answers, min(n_orders, n_answers))
    return tuple(tuple(drawn[part] for part in row) for row in rows)


def pair_orders(n_answers: int, n_orders: int, seed: str) -> tuple[tuple[Order, ...], ...]:
    """For every pair of answers, by its numbers, the one or two orders it is shown in.

    Where one order is asked for, every answer comes first in half of its pairs, or as near to that
    as can be: in a circle of all answers each goes before those that follow within half a turn.
    """
    _check(n_answers, n_orders)
    drawn = _drawn(n_answers, seed)
    pairs = {}
    for low, high in combinations(range(n_answers), 2):
        ahead = (high, low) if 2 * (high - low) > n_answers else (low, high)
        shown = (drawn[ahead[0]], drawn[ahead[1]])
        pairs[min(shown), max(shown)] = (shown, shown[::-1])[:n_orders]
    return tuple(pairs[pair] for pair in sorted(pairs))


def _check(n_answers: int, n_orders: int) -> None:
    if n_answers < 1 or n_orders < 1:
        raise ValueError(f"{n_answers} answers in {n_orders} orders: both start from 1")


def _drawn(n_answers: int, seed: str) -> list[int]:
    """A permutation of the answers, each equally likely over seeds."""
    return sorted(
        range(n_answers), key=lambda answer: hashlib.sha256(f"{seed}:{answer}".encode()).digest()
    )


@cache
def _square(size: int, n_rows: int) -> tuple[Order, ...]:
    """The first rows of a Latin square whose second row turns round as many pairs as it can.

    An even size has such a square in closed form (Williams 1949): a zigzag 0, 1, -1, 2, -2, ...
    and its shifts, in which the shift by half the size is the same row backwards and every answer
    directly follows every other exactly once. An odd size has none, so rows are added one by one.
    """
    if size % 2 == 0:
        zigzag = [(step + 1) // 2 * (1 if step % 2 else -1) for step in range(size)]
        shifts = [shift for half in range(size // 2) for shift in (half, half + size // 2)]
        return tuple(tuple((part + shift) % size for part in zigzag) for shift in shifts[:n_rows])
    rows = [tuple(range(size)), _nearly_backwards(size)][:n_rows]
    while len(rows) < n_rows:
        rows.append(_next_row(rows))
    return tuple(rows)


def _nearly_backwards(size: int) -> Order:
    row = list(reversed(range(size)))
    middle = size // 2
    row[middle : middle + 2] = reversed(row[middle : middle + 2])
    return tuple(row)


def _next_row(rows: list[Order]) -> Order:
    """One more row in which no part has a slot it had before.

    A matching of slots and parts by augmenting paths; Hall's theorem says there is one as long as
    rows are missing.
    """
    size = len(rows[0])
    free = [[part for part in range(size) if part not in column] for column in zip(*rows)]  # noqa: B905 - rows are of one length
    slot_of: dict[int, int] = {}

    def place(slot: int, tried: set[int]) -> bool:
        for part in free[slot]:
            if part not in tried:
                tried.add(part)
                if part not in slot_of or place(slot_of[part], tried):
                    slot_of[part] = slot
                    return True
        return False

    for slot in range(size):
        place(slot, set())
    return tuple(sorted(range(size), key=lambda part: slot_of[part]))
