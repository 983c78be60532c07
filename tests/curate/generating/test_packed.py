"""Trained models see packed media, and their answers name them by paths that can be pulled."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from curate.init import create
from curate.media.store import MediaStore
from curate.media.video import has_reader
from curate.workspace import Workspace
from schemas.candidate import Prompt
from tests.support.bundles import mixed_workspace
from tests.support.packing import packed_copy, unpacked
from tests.support.pulling import pulled, rows_of
from tests.support.trainers import TRAINS

pytestmark = [
    *TRAINS,
    pytest.mark.skipif(not has_reader(), reason="the workspace has films: needs PyAV"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace of pictures, frames and films, whose media are files."""
    return mixed_workspace(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module", params=[1, 2], ids=["packed", "mixed"])
def other(
    request: pytest.FixtureRequest, files: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Workspace:
    """The same workspace with all, or every second, of its media packed."""
    return packed_copy(files, tmp_path_factory.mktemp("other") / "w", request.param)


def prompts(workspace: Workspace) -> list[Prompt]:
    rows = [row for row in rows_of(workspace, "prompts") if row["media"]]
    return [Prompt.model_validate(row) for row in rows]


def pixels(parts: Sequence[Any]) -> list[Any]:
    return [part if isinstance(part, str) else part.tobytes() for part in parts]


def test_a_model_that_answers_sees_the_same(files: Workspace, other: Workspace) -> None:
    from curate.generating.conversations import conversation_of

    def seen(workspace: Workspace) -> list[Any]:
        store = MediaStore(workspace.media)
        asked = [conversation_of(prompt, store, 2, "") for prompt in prompts(workspace)]
        return [pixels(turn.parts) for turns in asked for turn in turns]

    assert seen(other) == seen(files)


def test_a_model_that_scores_sees_the_same(files: Workspace, other: Workspace) -> None:
    from curate.aligning.exchanges import turns_of

    def seen(workspace: Workspace) -> list[Any]:
        store = MediaStore(workspace.media)
        asked = [
            turns_of(prompt.messages, prompt.media, store)
            for prompt in prompts(workspace)
            if all(medium.kind != "video" for medium in prompt.media)
        ]
        return [pixels(turn.parts) for turns in asked for turn in turns]

    assert len(seen(other)) >= 3
    assert seen(other) == seen(files)


def test_answers_beside_a_packed_store_can_be_pulled(
    files: Workspace, other: Workspace, tmp_path: Path
) -> None:
    from align.generate import Written
    from curate.generating.lines import line_of

    store, given = MediaStore(other.media), [Written("Yes.", "stop")]
    asked = prompts(other)
    lines = [line_of(prompt, given, store, other.root, "m", {"n": 1}) for prompt in asked]
    answers = other.root / "answers.jsonl"
    answers.write_text("".join(lines), "utf-8")
    target = create(tmp_path / "target")
    assert pulled(target, answers).dropped == {}
    found = {row["prompt_id"] for row in rows_of(target, "prompts")}
    assert found == {prompt.prompt_id for prompt in asked}
    assert set(unpacked(target.media)) == set(unpacked(files.media))
