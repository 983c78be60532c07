"""Prompts marked as gold, their right order known or not."""

from tests.support.workspaces import Bench


def gold(bench: Bench, prompt: str, *answers: str, known: bool = True) -> str:
    """A gold prompt whose source ranked its answers best first, where the order is known."""
    prompt_id = bench.prompt(prompt, *answers)
    mark_gold(bench, prompt)
    if known:
        bench.vote(prompt, "source:s", tiers=[[answer] for answer in answers])
    return prompt_id


def mark_gold(bench: Bench, prompt: str, value: str = "true") -> None:
    """Give a prompt the attribute `gold`."""
    changed = {"attributes": {"gold": value}}
    bench.prompts[prompt] = bench.prompts[prompt].model_copy(update=changed)
