"""What is asked about one prompt: items, and the judgements that make up each.

An item is a prompt (listwise), one answer (pointwise) or two answers (pairwise). It is asked in
every order and as often as `samples` says; fewer orders or samples are always the first of more, so
what was paid for still counts when they are raised.
"""

from collections.abc import Iterator, Sequence
from math import comb
from typing import NamedTuple

from annotate.prompting.orders import orders, pair_orders
from schemas.config_judge import JudgeSection

Shown = tuple[str, ...]
Item = tuple[Shown, ...]
"""The orders of one item, each the candidate_ids as shown."""


class Judgement(NamedTuple):
    """One judgement: what is shown in which order, which time. `key` is its request_hash.

    `supersedes` is the failure that it is to put right, where it is asked again.
    """

    key: str
    prompt_id: str
    shown: Shown
    order_no: int
    sample: int
    supersedes: str | None = None


def items_of(section: JudgeSection, prompt_id: str, candidates: Sequence[str]) -> Iterator[Item]:
    """The items of a prompt, by the numbers of its answers."""
    if section.mode == "pointwise":
        yield from (((candidate,),) for candidate in candidates)
        return
    numbers = (
        [orders(len(candidates), section.orders, prompt_id)]
        if section.mode == "listwise"
        else pair_orders(len(candidates), section.orders, prompt_id)
    )
    for shown in numbers:
        yield tuple(tuple(candidates[place] for place in order) for order in shown)


def n_items(section: JudgeSection, n_answers: int) -> int:
    """How many items a prompt with so many answers has."""
    each = {"listwise": 1, "pointwise": n_answers, "pairwise": comb(n_answers, 2)}
    return each[section.mode]


def n_judgements(section: JudgeSection, n_answers: int) -> int:
    """How many judgements a prompt with so many answers asks for."""
    most = {"listwise": n_answers, "pointwise": 1, "pairwise": 2}[section.mode]
    return n_items(section, n_answers) * min(section.orders, most) * section.samples
