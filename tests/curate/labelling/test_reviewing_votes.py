"""The draw of votes to review: a share of everybody's, by a seed, and what is drawn stays drawn."""

from math import ceil
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from curate.labelling.reviewing_votes import Draw, draw
from schemas.base import content_id

NUMBERS = st.lists(st.integers(0, 30), min_size=1, max_size=3)
SHARES = st.sampled_from([0.0, 0.01, 0.05, 0.1, 0.25, 0.3, 0.7, 1.0])


def votes(*counts: int) -> list[dict[str, Any]]:
    """So many votes of the raters r0, r1, ..."""
    return [
        {
            "event_id": content_id([rater, number]),
            "rater": f"r{rater}",
            "task": number,
            "vote_id": content_id(["vote", rater, number]),
            "version": "2026-01-02T03:04:05Z",
        }
        for rater, count in enumerate(counts)
        for number in range(count)
    ]


def drawn(found: Draw) -> set[str]:
    return {vote.event_id for vote in found.votes}


@settings(max_examples=30, deadline=None)
@given(NUMBERS, SHARES)
def test_everybody_has_the_share_rounded_up(counts: list[int], share: float) -> None:
    found = draw(votes(*counts), (), share, 0)
    for rater, count in enumerate(counts):
        got = sum(vote.rater == f"r{rater}" for vote in found.votes)
        assert got == ceil(round(share * count, 9))
    assert {it.rater: it.votes for it in found.quotas} == {
        f"r{rater}": count for rater, count in enumerate(counts) if count
    }


def test_a_hundredth_of_one_vote_is_that_vote() -> None:
    assert len(draw(votes(1, 3), (), 0.01, 0).votes) == 2


def test_a_share_that_floats_cannot_hold_is_not_rounded_up_twice() -> None:
    assert len(draw(votes(20), (), 0.05, 0).votes) == 1
    assert len(draw(votes(100), (), 0.07, 0).votes) == 7


def test_the_order_of_votes_does_not_matter_and_the_seed_does() -> None:
    given = votes(40)
    first = drawn(draw(given, (), 0.25, 1))
    assert drawn(draw(given[::-1], (), 0.25, 1)) == first
    assert drawn(draw(given, (), 0.25, 2)) != first


def test_what_was_drawn_stays_and_only_what_is_missing_is_drawn() -> None:
    first = drawn(draw(votes(20), (), 0.1, 0))
    assert len(first) == 2
    assert draw(votes(20), first, 0.1, 0).votes == ()
    later = draw(votes(40), first, 0.1, 0)
    assert len(later.votes) == 2
    assert not drawn(later) & first
    (quota,) = later.quotas
    assert (quota.votes, quota.drawn, quota.missing) == (40, 2, 2)


def test_a_smaller_share_takes_nothing_away() -> None:
    first = drawn(draw(votes(20), (), 0.5, 0))
    found = draw(votes(20), first, 0.1, 0)
    assert (found.votes, found.quotas[0].missing) == ((), 0)


def test_a_vote_that_was_taken_back_makes_room_for_another() -> None:
    before = votes(10)
    (first,) = drawn(draw(before, (), 0.1, 0))
    left = [it for it in before if it["event_id"] != first]
    assert len(draw(left, [first], 0.1, 0).votes) == 1


def test_nothing_is_drawn_of_nobody_and_of_no_share() -> None:
    assert draw([], (), 0.5, 0) == Draw((), ())
    assert draw(votes(5), (), 0.0, 0).votes == ()
