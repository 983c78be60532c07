"""The words of the prompts whose turn comes, a handful of prompts at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curate.engines.duckdb import DuckDBEngine
from curate.judge.tables import read
from schemas.candidate import Medium, Message


@dataclass(frozen=True, slots=True)
class AskedPrompt:
    """A prompt as it is shown: `answers` by candidate_id, `reference` only where it is used."""

    prompt_id: str
    messages: tuple[Message, ...]
    media: tuple[Medium, ...]
    reference: str | None
    answers: Mapping[str, str]


class Texts:
    """Reads texts in the order of prompt ids; the first call sorts what lies from there on."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self._engine = engine
        self._sorted = False

    def of(self, prompt_ids: Sequence[str]) -> dict[str, AskedPrompt]:
        """The prompts of these ids, which are in their order and follow those of earlier calls."""
        if not self._sorted:
            self._engine.values["first"] = prompt_ids[0]
            for name in ("asked_prompts", "asked_answers"):
                self._engine.run(f"judge/{name}")
            self._sorted = True
        bounds = {"first": prompt_ids[0], "last": prompt_ids[-1], "prompt_ids": list(prompt_ids)}
        answers: dict[str, dict[str, str]] = {prompt_id: {} for prompt_id in prompt_ids}
        for row in read(self._engine, "judge/answer_texts", **bounds):
            answers[row["prompt_id"]][row["candidate_id"]] = row["response"]
        return {
            row["prompt_id"]: AskedPrompt(
                row["prompt_id"],
                tuple(map(Message.model_validate, row["messages"])),
                tuple(map(Medium.model_validate, row["media"])),
                row["reference"],
                answers[row["prompt_id"]],
            )
            for row in read(self._engine, "judge/prompt_texts", **bounds)
        }
