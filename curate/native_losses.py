"""What the native layout has no word for, told before somebody relies on it.

The layout holds what a rater said, not how it is to be counted: a vote marked final, and repeats of
one judgement that are told apart by their number alone, mean something else when read back.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schemas.base import canonical_json
from schemas.counted import counted

Row = Mapping[str, Any]

WORDS = {
    "final": (
        "final vote reads back as an ordinary one",
        "final votes read back as ordinary ones",
    ),
    "repeated": (
        "repeated judgement of a rater reads back as one with its first",
        "repeated judgements of a rater read back as one with its first",
    ),
    "reward": (
        "event of a reward model reads back without saying whether it is cross-fitted",
        "events of reward models read back without saying whether they are cross-fitted",
    ),
    "review": ("review of a vote is left out", "reviews of votes are left out"),
    "expansion": (
        "reason in a judge's words is left out, and people's own stay",
        "reasons in a judge's words are left out, and people's own stay",
    ),
    "stranger": (
        "vote is left out or cut: no pull has its prompt or an answer in it",
        "votes are left out or cut: no pull has their prompt or an answer in them",
    ),
}
"""What one loss of a kind is, and what several are."""


def losses(row: Row) -> Counter[str]:
    """How many live votes on one prompt read back with another meaning, by kind of loss."""
    votes: Sequence[Row] = row["votes"] or ()
    known = {answer["candidate_id"] for answer in row["answers"] or ()}
    return Counter(
        {
            "final": sum(bool(vote["final"]) for vote in votes),
            "repeated": _repeats(votes),
            "reward": sum(
                vote["rater"]["kind"] == "reward_model" and bool(vote["flags"]) for vote in votes
            ),
            "review": sum(bool(vote["reviews"]) for vote in votes),
            "expansion": sum(bool(vote["expands"]) for vote in votes),
            "stranger": sum(not known.issuperset(candidates_of(vote)) for vote in votes),
        }
    )


def warnings(found: Mapping[str, int]) -> tuple[str, ...]:
    """A line for each kind of loss that there is."""
    return tuple(
        f"native: {counted(found[kind], *words)}"
        for kind, words in WORDS.items()
        if found.get(kind)
    )


def candidates_of(vote: Row) -> Iterator[str]:
    """Every answer that a vote names."""
    for given in vote["answers"] or ():
        yield given["candidate_id"]
    for tier in vote["tiers"] or ():
        yield from tier


def _repeats(votes: Sequence[Row]) -> int:
    """Votes that cannot be told from an earlier one by what the layout holds.

    A rater's scores of single answers are one judgement by model version, wording and number
    (DESIGN 5.1); the last two are not in the layout, so a second set of them joins the first.
    """
    said: set[str] = set()
    first: dict[str, str] = {}
    count = 0
    for vote in votes:
        if vote["reviews"] or vote["expands"]:
            continue
        held = {key: vote[key] for key in HELD}
        if vote["failure"]:
            held.pop("order_no")
        words = canonical_json(held)
        repeated = words in said
        said.add(words)
        if len(vote["answers"] or ()) == 1 and not repeated:
            rater = canonical_json([vote["rater"], vote["rubric_id"], vote["overall_scale"]])
            numbered = canonical_json([vote["rubric_hash"], vote["sample"]])
            repeated = first.setdefault(rater, numbered) != numbered
        count += repeated
    return count


HELD = (
    *("rater", "rubric_id", "overall_scale", "order_no", "answers", "tiers"),
    *("verdict", "confirmed", "rationale", "failure"),
)
