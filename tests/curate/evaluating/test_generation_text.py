"""What is said after answers were generated: the command that takes them in."""

from pathlib import Path
from typing import Any

import pytest

from curate.console import Console
from curate.evaluating.licences import licence_of
from curate.evaluating.text import show_generation
from curate.generating.report import GenerationReport
from tests.support.pulling import pulled, rows_of, workspace_at, write_lines

QUESTION = {"prompt": "How many cups?", "responses": [{"text": "Two."}]}


@pytest.fixture
def workspace(tmp_path: Path) -> Any:
    return workspace_at(tmp_path / "work", "five-metric")


def prompt_ids(workspace: Any) -> list[str]:
    return [row["prompt_id"] for row in rows_of(workspace, "prompts")]


def test_prompts_are_under_the_licence_of_the_pulls_that_brought_them(
    workspace: Any, tmp_path: Path
) -> None:
    pulled(workspace, write_lines(tmp_path / "a.jsonl", [QUESTION]), licence="CC-BY-4.0")
    (first,) = prompt_ids(workspace)
    other = {**QUESTION, "prompt": "Why?"}
    pulled(workspace, write_lines(tmp_path / "b.jsonl", [other]))
    (second,) = set(prompt_ids(workspace)) - {first}
    root = workspace.root
    found = [licence_of(root, it) for it in ([first], [second], [first, second], [])]
    assert found == ["CC-BY-4.0", None, None, None]
    assert licence_of(tmp_path, [first]) is None


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("CC-BY-4.0", ["Take them in with: curate pull a.jsonl --licence CC-BY-4.0 -C work"]),
        (
            None,
            [
                "Take them in with: curate pull a.jsonl -C work",
                "Add --licence NAME: without one the next card states no licence.",
            ],
        ),
    ],
)
def test_the_command_that_takes_answers_in_names_licence_and_workspace(
    capsys: pytest.CaptureFixture[str], licence: str | None, told: list[str]
) -> None:
    report = GenerationReport(Path("a.jsonl"), "dpo-1", "0" * 32, prompts=2, already=1, written=1)
    show_generation(Console(), report, Path("work"), licence)
    lines = ["1 answer of dpo-1 to 2 prompts (1 had theirs): a.jsonl", *told]
    assert capsys.readouterr().out.splitlines() == lines
