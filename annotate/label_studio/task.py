"""A prompt and its answers as one task's data, the answers in an order of the prompt's own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Self

from annotate.label_studio import names
from annotate.label_studio.conversation import conversation
from annotate.label_studio.safe_text import as_markdown, storable
from annotate.label_studio.shape import MANY, Shape, picture_files, shape_of, video_files
from schemas.base import content_id
from schemas.candidate import Candidate, Prompt
from schemas.rubric import Rubric

LONGEST_TITLE = 80
NO_REFERENCE = "There is none."

MediaUrl = Callable[[str], str]
"""The address at which an annotator's browser finds a file of the store."""


class Wording(NamedTuple):
    """What a task says of its rubric; for many tasks it is worked out once.

    `metrics` are those that are asked for, None where all are.
    """

    rubric_id: str
    rubric_hash: str
    metrics: tuple[str, ...] | None = None

    @classmethod
    def of(cls, rubric: Rubric) -> Self:
        """That of a rubric."""
        return cls(rubric.rubric_id, rubric.rubric_hash)


def task_data(
    prompt: Prompt,
    candidates: Sequence[Candidate],
    rubric: Rubric | Wording,
    *,
    media_url: MediaUrl,
    seed: int = 0,
    show_reference: bool = False,
    more: Mapping[str, Any] = {},
) -> dict[str, Any]:
    """What the page of `shape_of(prompt, len(candidates))` shows, and what the task is about.

    The answers' ids in the order shown stand in the field `pairwright`, with `more` beside them;
    models' names stand nowhere. The reference is there only where it is shown, since the server's
    list of tasks shows all that a task holds.
    """
    shown = in_order(prompt.prompt_id, candidates, seed)
    wording = rubric if isinstance(rubric, Wording) else Wording.of(rubric)
    metrics = {} if wording.metrics is None else {"metrics": list(wording.metrics)}
    shape = shape_of(prompt, len(shown))
    answers = {
        names.answer(letter): as_markdown(candidate.response)
        for letter, candidate in zip(shape.letters, shown, strict=True)
    }
    return {
        "title": title_of(prompt),
        "conversation": conversation(prompt),
        **({"reference": as_markdown(prompt.reference or NO_REFERENCE)} if show_reference else {}),
        **answers,
        **_media(prompt, shape, media_url),
        names.ABOUT: {
            "prompt_id": prompt.prompt_id,
            "candidate_ids": [candidate.candidate_id for candidate in shown],
            "rubric_id": wording.rubric_id,
            "rubric_hash": wording.rubric_hash,
            "seed": seed,
            **metrics,
            **more,
        },
    }


def in_order(prompt_id: str, candidates: Sequence[Candidate], seed: int) -> list[Candidate]:
    """The candidates in the order shown: it depends on prompt and seed, not on how they came."""
    return sorted(candidates, key=lambda it: content_id([seed, prompt_id, it.candidate_id]))


def title_of(prompt: Prompt) -> str:
    """The beginning of the last turn's text, on one line."""
    texts = [part.text for part in prompt.messages[-1].parts if part.text]
    line = " ".join(storable(" ".join(texts)).split()) or "(no text)"
    return (
        line
        if len(line) <= LONGEST_TITLE
        else f"{line[: LONGEST_TITLE - 1]}\N{HORIZONTAL ELLIPSIS}"
    )


def _media(prompt: Prompt, shape: Shape, media_url: MediaUrl) -> dict[str, Any]:
    pictures = [media_url(file) for file in picture_files(prompt.media)]
    videos = [media_url(file) for file in video_files(prompt.media)]
    named: dict[str, Any] = {names.video(n): url for n, url in enumerate(videos, start=1)}
    if shape.pictures == MANY:
        return {**named, names.PICTURES: pictures}
    return {**named, **{names.picture(n): url for n, url in enumerate(pictures, start=1)}}
