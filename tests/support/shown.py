"""Prompts that make a pair, with what they show."""

from schemas.candidate import Medium
from tests.support.workspaces import Bench, five


def ask(bench: Bench, question: str, *media: Medium) -> None:
    """A prompt with two answers of which one is held better."""
    bench.prompt(question, "Three.", "Four.", media=media)
    bench.vote(question, scores={"Three.": five(9), "Four.": five(5)})
