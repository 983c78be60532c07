"""An expert's word on a vote, read from the review page: accepted, or returned with a note."""

from typing import Any

from annotate.label_studio import names
from annotate.label_studio.pull_about import About
from annotate.label_studio.pull_values import Controls


def reviewed(controls: Controls, about: About, reviewer: str) -> dict[str, Any]:
    """The fields of the event that judges `about.reviews`.

    Empty where nothing can be done with it: by the vote's own rater, no word at all, or a return
    without a note, since the rater could not tell what to mend.
    """
    if reviewer == about.rater:
        controls.fault("own_vote")
        return {}
    word = controls.one(names.REVIEW)
    note, remark = controls.text(names.NOTE), controls.text(names.REMARK)
    if controls.unread:
        controls.fault("unknown_control")
    if word not in names.REVIEW_FLAGS:
        controls.fault("review_missing" if word is None else "unknown_review")
        return {}
    if word == names.RETURN and note is None:
        controls.fault("note_missing")
        return {}
    return {
        "reviews": about.reviews,
        "flags": (names.REVIEW_FLAGS[word],),
        "rationale": note if word == names.RETURN else remark,
    }
