"""Journaled generations as one pull, whatever order they came in."""

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.init import create
from curate.locks import held
from curate.sampling.journals import known, pending
from curate.sampling.line import SampleLine
from curate.sampling.pulled import pull_generations
from curate.workspace import Workspace
from schemas.base import canonical_json, content_id
from schemas.errors import JournalError, WorkspaceError
from schemas.event import Failure, FailureReason, Usage
from tests.support.examples import NOON
from tests.support.pulling import rows_of
from tests.support.sampling import candidates_of, drops_of, settings_of

PROMPTS = [content_id(number) for number in range(3)]


def line(
    prompt: int = 0,
    text: str | None = "Red.",
    *,
    model: str = "qwen",
    number: int = 0,
    failure: FailureReason | None = None,
    **more: str,
) -> SampleLine:
    values = {
        "request_hash": content_id([prompt, model, number]),
        "at": NOON,
        "prompt_id": PROMPTS[prompt],
        "number": number,
        "model": model,
        "endpoint": "gpu:8000",
        "sampling": canonical_json({"seed": number, "temperature": 1.0}),
        "finish": None if failure else "stop",
        "response": None if failure else text,
        "failure": Failure(reason=failure) if failure else None,
        "attempts": 1,
        "usage": Usage(),
        **more,
    }
    return SampleLine.model_validate(values)


def journaled(folder: Path, *runs: Sequence[SampleLine]) -> Workspace:
    """A fresh workspace with these runs in journals of their own."""
    workspace = create(folder)
    for number, lines in enumerate(runs):
        add_run(workspace, f"run-{number}", lines)
    return workspace


def add_run(workspace: Workspace, name: str, lines: Sequence[SampleLine]) -> Path:
    workspace.samples.mkdir(exist_ok=True)
    path = workspace.samples / f"{name}.jsonl"
    path.write_text(
        "".join(f"{it.model_dump_json(exclude_defaults=True)}\n" for it in lines), "utf-8"
    )
    return path


def pulled(workspace: Workspace) -> str | None:
    report = pull_generations(workspace, licence=None, now=NOON)
    return report.pull_id if report else None


def tables(workspace: Workspace) -> list[bytes]:
    return [path.read_bytes() for path in sorted(workspace.pulls.rglob("*.parquet"))]


def test_runs_without_a_pull_become_one(tmp_path: Path) -> None:
    workspace = journaled(tmp_path, [line(0)], [line(1), line(2)])
    pull_id = pulled(workspace)
    assert pull_id is not None
    assert pull_id.startswith("sample-qwen-gpu-8000-")
    assert len(candidates_of(workspace)) == 3
    manifest = json.loads((workspace.pulls / pull_id / "pull.json").read_text("utf-8"))
    assert (manifest["revision"], manifest["counts"]["responses"]) == ("run-0+run-1", 3)
    assert (pending(workspace), pulled(workspace)) == ([], None)


def test_the_pull_has_no_prompts_of_its_own(tmp_path: Path) -> None:
    workspace = journaled(tmp_path, [line()])
    pulled(workspace)
    assert rows_of(workspace, "prompts") == []


def test_the_next_pull_holds_the_next_runs_only(tmp_path: Path) -> None:
    workspace = journaled(tmp_path, [line(0)])
    pulled(workspace)
    add_run(workspace, "later", [line(1)])
    report = pull_generations(workspace, licence=None, now=NOON)
    assert report is not None
    assert (report.candidates, report.new["candidates"]) == (1, 1)


LINES = [
    line(prompt, text, model=model, number=number)
    for prompt in range(3)
    for model in ("qwen", "llava")
    for number, text in enumerate(("Red.", "Blue.", " "))
]


@settings(max_examples=8)
@given(st.randoms(use_true_random=False), st.integers(0, len(LINES)))
def test_order_and_runs_change_no_byte_of_the_tables(
    tmp_path_factory: pytest.TempPathFactory, chance: Random, cut: int
) -> None:
    mixed = chance.sample(LINES, len(LINES))
    one = journaled(tmp_path_factory.mktemp("one"), LINES)
    other = journaled(tmp_path_factory.mktemp("other"), mixed[:cut], mixed[cut:])
    assert pulled(one) == pulled(other)
    assert tables(one) == tables(other)


def test_what_failed_before_it_came_counts_once_by_its_answer(tmp_path: Path) -> None:
    workspace = journaled(tmp_path, [line(failure="timeout")], [line(text="Red.")])
    pulled(workspace)
    assert [row["response"] for row in candidates_of(workspace)] == ["Red."]


def test_failures_alone_make_no_pull(tmp_path: Path) -> None:
    workspace = journaled(tmp_path, [line(failure="timeout"), line(1, failure="blocked")])
    assert pulled(workspace) is None
    assert known(workspace).blocked == {line(1).request_hash}
    assert known(workspace).came == frozenset()


def test_a_blank_answer_leaves_with_the_prompt_it_was_for(tmp_path: Path) -> None:
    workspace = journaled(tmp_path, [line(1, text="\n")])
    pulled(workspace)
    (row,) = drops_of(workspace)
    assert (row["level"], row["reason"], row["step"]) == ("candidate", "empty_response", "pull")
    assert (row["id"], row["other_id"]) == (line(1).request_hash, PROMPTS[1])
    assert row["source"] == "sample:qwen@gpu:8000"


def test_a_refusal_is_kept_and_marked(tmp_path: Path) -> None:
    workspace = journaled(tmp_path, [line(text="No.", finish="refused")])
    pulled(workspace)
    assert [dict(row["attributes"]) for row in candidates_of(workspace)] == [{"refusal": "true"}]


def test_a_model_that_was_rerouted_is_named_in_the_settings(tmp_path: Path) -> None:
    workspace = journaled(
        tmp_path, [line(0, reported="qwen-2"), line(1, text="Blue.", reported="qwen")]
    )
    pulled(workspace)
    found = {
        row["response"]: settings_of(row)[0].get("model_version")
        for row in candidates_of(workspace)
    }
    assert found == {"Red.": "qwen-2", "Blue.": None}


def test_a_torn_line_is_no_line_and_the_rest_counts(tmp_path: Path) -> None:
    workspace = journaled(tmp_path, [line(0), line(1)])
    (path,) = workspace.sample_journals()
    path.write_bytes(path.read_bytes() + b'{"request_hash": "0')
    assert len(known(workspace).came) == 2
    pulled(workspace)
    assert len(candidates_of(workspace)) == 2


def test_many_runs_and_long_answers_fit_into_the_engines_memory(tmp_path: Path) -> None:
    runs = [[line(number=number, text="long " * 200_000 + str(number))] for number in range(12)]
    workspace = journaled(tmp_path, *runs)
    pulled(workspace)
    assert len(candidates_of(workspace)) == 12


def test_a_bad_line_stops_with_file_and_line(tmp_path: Path) -> None:
    workspace = journaled(tmp_path, [line(0)])
    (path,) = workspace.sample_journals()
    path.write_bytes(path.read_bytes() + b'{"request_hash": "0"}\n')
    with pytest.raises(JournalError, match=r"run-0.jsonl, line 2: no generation \(request_hash"):
        known(workspace)


def test_a_pull_that_goes_on_is_named_and_the_journal_stays(tmp_path: Path) -> None:
    workspace = journaled(tmp_path, [line()])
    with (
        held(workspace.pulls / ".lock", "a pull"),
        pytest.raises(WorkspaceError, match="a pull is already running"),
    ):
        pulled(workspace)
    assert pulled(workspace) is not None
