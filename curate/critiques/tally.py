"""What a run comes to, counted from the journals as they stand afterwards.

Counted and not kept up on the way, so a run that was killed, stopped or repeated comes to the same
numbers as one that went through.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from curate.critiques.comments import Comment
from curate.critiques.standing import Known


@dataclass(slots=True)
class Tally:
    """Comments. planned = expanded + cached + failed + left; those `skipped` were not planned.

    `expanded` came in this run, `cached` before it or for another event with the same words. A
    comment of an expansion that was refused counts as `failed` and stays in the person's words.
    """

    planned: int = 0
    expanded: int = 0
    cached: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    left: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


def tally_of(
    found: Iterable[Comment],
    before: Known,
    after: Known,
    *,
    retry_failed: bool,
    over_budget: bool = False,
) -> Tally:
    """The counts of these comments, given what was known before a run and after it."""
    tally = Tally()
    for comment in found:
        if comment.fault is not None:
            tally.skipped[comment.fault] += 1
            continue
        tally.planned += 1
        reason = _reason(comment.key, before, after, retry_failed=retry_failed)
        if comment.key in before.checked:
            tally.cached += 1
        elif comment.key in after.checked:
            tally.expanded += 1
        elif reason is not None:
            tally.failed[reason] += 1
        elif over_budget:
            tally.failed["budget"] += 1
        else:
            tally.left += 1
    return tally


def _reason(key: str, before: Known, after: Known, *, retry_failed: bool) -> str | None:
    """Why a comment has no expansion; None where it is still to be asked about.

    What failed in this very run is not asked again by it.
    """
    standing = after.standings.get(key)
    if standing is None or standing.reason is None:
        return None
    if standing == before.standings.get(key) and standing.asked_again(retry_failed=retry_failed):
        return None
    return standing.reason
