"""Prompts with answers for labelling pages, and the rubrics of the presets."""

from collections.abc import Sequence

from curate.settings import parse
from schemas.candidate import (
    Candidate,
    Medium,
    Message,
    Prompt,
    candidate_id_of,
    prompt_id_of,
)
from schemas.rubric import PRESETS, Rubric

ASKED = ("ranking", "metrics", "reasons")
RUBRICS: dict[str, Rubric] = {
    name: parse(f'[rubric]\npreset = "{name}"\n', name).rubric for name in PRESETS
}


def medium(number: int, kind: str = "image") -> Medium:
    """A medium that is in the store under a made-up name."""
    digest = f"{number:064x}"
    if kind == "frames":
        return Medium.model_validate(
            {"kind": kind, "sha256": digest, "frames": [f"{digest}-{n}.png" for n in range(3)]}
        )
    ending = "mp4" if kind == "video" else "png"
    return Medium.model_validate({"kind": kind, "sha256": digest, "file": f"{digest}.{ending}"})


def turn(role: str, *parts: str | int) -> Message:
    """A turn: texts, and media by their index."""
    return Message.model_validate(
        {
            "role": role,
            "parts": [
                {"type": "text", "text": part}
                if isinstance(part, str)
                else {"type": "media", "media_index": part}
                for part in parts
            ],
        }
    )


def prompt(*messages: Message | str, media: Sequence[Medium] = (), reference: str = "") -> Prompt:
    """A prompt; a text is a turn of the user."""
    turns = tuple(turn("user", it) if isinstance(it, str) else it for it in messages)
    return Prompt(
        prompt_id=prompt_id_of(turns, media),
        messages=turns,
        media=tuple(media),
        reference=reference or None,
        source="test",
    )


def candidates(asked: Prompt, *responses: str) -> list[Candidate]:
    """The answers to a prompt, each by a model whose name nobody may see."""
    return [
        Candidate.model_validate(
            {
                "prompt_id": asked.prompt_id,
                "candidate_id": candidate_id_of(asked.prompt_id, response),
                "response": response,
                "generations": [{"model": f"secret-model-{number}"}],
                "source": "test",
            }
        )
        for number, response in enumerate(responses)
    ]


def media_url(file: str) -> str:
    """The address of a file as the managed server gives it."""
    return f"/data/local-files/?d=media/{file}"


def valid(xml: str) -> None:
    """Nothing where Label Studio's own checker accepts the page."""
    from label_studio_sdk.label_interface.interface import LabelInterface

    LabelInterface(xml).validate()  # type: ignore[no-untyped-call]
