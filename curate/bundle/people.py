"""Whether the ids of people that a bundle would carry are pseudonyms."""

import re
from collections.abc import Iterable

from schemas.event import Event

PSEUDONYM = re.compile(r"h-[0-9a-f]{12}")


def named_people(
    events: Iterable[Event], pseudonyms: Iterable[str], *, of_a_source: bool
) -> set[str]:
    """The ids of people that are none; `pseudonyms` are ids of which the user says they are.

    A journal that came with a pull, or takes one back, holds what its source called its raters;
    there only what could be an address counts as a person's.
    """
    ids = {event.rater.id for event in events if event.rater.kind == "human"} - set(pseudonyms)
    if of_a_source:
        return {one for one in ids if "@" in one}
    return {one for one in ids if not PSEUDONYM.fullmatch(one)}
