"""A person's comment on one answer: all reasons that one event gives for it, as one text."""

from collections.abc import Mapping

from annotate.prompting.quoting import valid_text
from schemas.rubric import OVERALL

LONGEST_COMMENT = 4000
"""Characters. Who writes more has left nothing to expand, and no page of ours asks for it."""


def comment_of(rationales: Mapping[str, str]) -> str:
    """The reason for the answer as a whole, then a line `metric: text` for each metric by name.

    Reasons of nothing but space are left out; empty where there is no other.
    """
    said = {metric: valid_text(text).strip() for metric, text in rationales.items()}
    overall = [said[OVERALL]] if said.get(OVERALL) else []
    metrics = sorted((metric, text) for metric, text in said.items() if metric != OVERALL)
    return "\n".join([*overall, *(f"{metric}: {text}" for metric, text in metrics if text)])
