"""Answers copied across prompts: reported, and dropped on request (DESIGN 5.7).

Refusals are never among them: on a safety prompt a refusal is often the best answer there is.
"""

from curate.engines.base import Engine
from curate.near.texts import compare_texts, link_near_texts

NEAR = 0.8
"""How near copies are where [dedupe] response_jaccard does not say."""

TOKENS = 20
"""Shorter answers, such as the letter of an option, are copies of one another by nature."""


def find_boilerplate(engine: Engine, threshold: float | None, *, drop: bool) -> None:
    """Leave `copied_groups`, and `boilerplate`: what leaves, with what it lost to.

    Without `drop` nothing leaves.
    """
    engine.values["fewest_tokens"] = TOKENS
    engine.view("boilerplate/long_texts")
    link_near_texts(engine, "long_texts", NEAR if threshold is None else threshold)
    engine.run("boilerplate/copied_groups")
    if not drop:
        engine.run("boilerplate/no_boilerplate", "boilerplate")
        return
    engine.run("boilerplate/copied_losses")
    lost = "select candidate_no as one_no, survivor_no as other_no from copied_losses"
    compare_texts(engine, lost)
    engine.run("boilerplate/boilerplate")


def without_boilerplate(engine: Engine) -> None:
    """Leave the tables of `find_boilerplate` empty."""
    engine.run("boilerplate/no_groups", "copied_groups")
    engine.run("boilerplate/no_boilerplate", "boilerplate")
