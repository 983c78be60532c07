"""Checked expansions given to further events with the same comment, without asking anybody.

Whoever changes a score leaves a new event with the comment as it was; and two people may say the
same of one answer.
"""

from collections.abc import Iterator
from itertools import islice

from annotate.journal import commit, write
from curate.critiques.comments import Comment, comments
from curate.critiques.going import Going
from curate.critiques.standing import Known
from curate.judge.tables import read
from schemas.event import Event

AT_ONCE = 500


def carry(going: Going, known: Known) -> int:
    """How many events were given an expansion; their lines are in the run's journal."""
    waiting = _waiting(going, known)
    count = 0
    while few := list(islice(waiting, AT_ONCE)):
        going.open_files()
        with going.files.journal.open("ab") as file:
            count += write(file, _carried(going, few))
            commit(file)
    return count


def _waiting(going: Going, known: Known) -> Iterator[Comment]:
    """Comments whose words were expanded, but not for their event."""
    for comment in comments(going.engine, going.naming):
        if comment.fault is None:
            given = known.checked.get(comment.key)
            if given is not None and comment.event_id not in given:
                yield comment


def _carried(going: Going, few: list[Comment]) -> Iterator[Event]:
    rows = read(going.engine, "critiques/checked", keys=[comment.key for comment in few])
    found = {row["request_hash"]: row for row in rows}
    now = going.options.now()
    for comment in few:
        row = found[comment.key]
        yield going.events.carried(comment, row["text"], row["version"], now)
