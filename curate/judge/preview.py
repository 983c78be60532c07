"""The exact requests for a few prompts, with their pictures as files; nothing is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from annotate.base import GiveUp, Part, Request, Text
from curate.judge.calls import Calls, calls_of
from curate.judge.hashing import Hashing
from curate.judge.members import Member, members_of
from curate.judge.plan import PlannedPrompt, planned
from curate.judge.questions import Judgement
from curate.judge.tables import judge_tables
from curate.judge.texts import AskedPrompt, Texts
from curate.media.decoding import quiet_decoding
from curate.workspace import Workspace

FOLDER = ".cache/judge-preview"
SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}
Turns = tuple[tuple[str, tuple[str | Path, ...]], ...]


@dataclass(frozen=True, slots=True)
class Previewed:
    """A judgement as its judge would be asked for it. `fault` says why it would not be asked.

    `turns` are the request's, each part a text or the path of a picture that was written. What goes
    beside the request is in `settings`.
    """

    rater: str
    settings: Mapping[str, Any]
    prompt_id: str
    judgement: Judgement | None
    request: Request | None
    turns: Turns
    fault: str | None


def preview(workspace: Workspace, n_prompts: int) -> list[Previewed]:
    """The first judgement of each of the first prompts, whether or not it came before.

    Raises ConfigError as a run does. No key is needed.
    """
    section = workspace.settings.config.judge
    member = members_of(section)[0]
    with judge_tables(workspace, n_prompts) as engine, quiet_decoding():
        prompts = list(planned(engine, section, Hashing(member, section, workspace.rubric)))
        texts = Texts(engine).of([prompt.prompt_id for prompt in prompts]) if prompts else {}
        maker = _Maker(member, calls_of(workspace, member), workspace.root / FOLDER)
        return [maker.of(prompt, texts[prompt.prompt_id]) for prompt in prompts]


def payload(one: Previewed) -> dict[str, Any]:
    """A previewed judgement for programs; the request's fields by their names."""
    request, judgement = one.request, one.judgement
    if request is None or judgement is None:
        return {"rater": one.rater, "prompt_id": one.prompt_id, "fault": one.fault}
    return {
        "rater": one.rater,
        **one.settings,
        "prompt_id": one.prompt_id,
        "request_hash": judgement.key,
        "candidate_ids": list(judgement.shown),
        "system": request.system,
        "turns": [
            {
                "role": role,
                "parts": [
                    {"text": part} if isinstance(part, str) else {"picture": str(part)}
                    for part in parts
                ],
            }
            for role, parts in one.turns
        ],
        "schema": dict(request.schema or {}),
        "max_output_tokens": request.max_output_tokens,
        "temperature": request.temperature,
        "seed": request.seed,
    }


class _Maker:
    """Makes the previews of one judge; pictures go below `folder`."""

    def __init__(self, member: Member, calls: Calls, folder: Path) -> None:
        section = calls.section
        self._rater, self._calls, self._folder = member.rater_id, calls, folder
        self._settings = {
            "model": member.model,
            "tier": section.tier,
            "thinking_level": section.thinking_level,
        }

    def of(self, planned: PlannedPrompt, prompt: AskedPrompt) -> Previewed:
        """The first judgement of a prompt."""
        fault = planned.fault or self._calls.pictures.fault(prompt.media)
        if fault:
            return self._made(planned.prompt_id, fault=fault)
        judgement = planned.items[0][0][0]
        try:
            request = self._calls.request(judgement, prompt)
        except GiveUp as problem:
            return self._made(planned.prompt_id, fault=problem.detail)
        numbers = count(1)
        turns = tuple(
            (
                turn.role,
                tuple(_shown(part, self._folder, prompt.prompt_id, numbers) for part in turn.parts),
            )
            for turn in request.turns
        )
        return self._made(planned.prompt_id, judgement, request, turns)

    def _made(
        self,
        prompt_id: str,
        judgement: Judgement | None = None,
        request: Request | None = None,
        turns: Turns = (),
        fault: str | None = None,
    ) -> Previewed:
        return Previewed(self._rater, self._settings, prompt_id, judgement, request, turns, fault)


def _shown(part: Part, folder: Path, prompt_id: str, numbers: "count[int]") -> str | Path:
    """A text, or the path of a picture that was written as it would be sent."""
    if isinstance(part, Text):
        return part.text
    folder.mkdir(parents=True, exist_ok=True)
    suffix = SUFFIXES.get(part.mime_type, ".bin")
    path = folder / f"{prompt_id[:12]}-{next(numbers)}{suffix}"
    path.write_bytes(part.data)
    return path
