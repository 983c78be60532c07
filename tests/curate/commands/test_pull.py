"""`curate pull` and `curate forget` as people and programs meet them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from curate.cli import main
from curate.pull.summary import field_map_of
from schemas.errors import UsageError
from tests.support.pulling import question, tree, workspace_at, write_lines


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace_at(tmp_path / "w").root


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "set.jsonl", [question("Q", "A", "B"), {"prompt": ""}])


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(argument) for argument in arguments])
    return int(stop.value.code or 0)


def as_json(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    run(*arguments, "--json")
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_pull_prints_one_object_with_its_keys(
    root: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = as_json(capsys, "pull", source, "-C", root)
    assert {name: said[name] for name in ("prompts", "candidates", "ratings", "rankings")} == {
        "prompts": 1,
        "candidates": 2,
        "ratings": 2,
        "rankings": 0,
    }
    assert said["media"] == 0
    assert said["new"] == {"prompts": 1, "candidates": 2, "events": 1}
    assert said["dropped"] == {"empty_prompt": 1}


def test_pull_says_what_came_in_what_is_new_and_what_left(
    root: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("pull", source, "-C", root) == 0
    said = capsys.readouterr().out
    assert "1 prompt with 2 answers" in said
    assert "New here: 1 prompt, 2 candidates, 1 event." in said
    assert "empty_prompt" in said
    run("pull", source, "-C", root)
    assert "Nothing new" in capsys.readouterr().out


def test_map_options_and_dry_run_show_what_would_be_read(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_lines(tmp_path / "own.jsonl", [{"q": "Why?", "a": "So."}])
    before = tree(root)
    arguments = ("pull", path, "-C", root, "--map", "prompt=q", "--map", "response=a", "--dry-run")
    assert run(*arguments) == 0
    said = capsys.readouterr().out
    assert "Nothing was written" in said
    assert "Why?" in said
    assert tree(root) == before
    assert as_json(capsys, *arguments)["first"][0]["responses"] == ["So."]


def test_a_pull_says_how_it_read_what_it_left_and_what_no_prompt_has(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"question": "Why?", "reply_of_a": "So."}, {"question": "Why?"}, b"{", b"["]
    path = write_lines(tmp_path / "own.jsonl", rows)
    assert run("pull", path, "-C", root) == 0
    said = capsys.readouterr()
    assert "prompt  question" in said.out
    assert "Columns without a field: reply_of_a; to read one: --map FIELD=COLUMN" in said.out
    assert "1 of 2 records repeats a prompt of another: they are one." in said.out
    assert re.search(r"bad_json +2 +line 3: Expecting", said.out)
    assert "no prompt has an answer; if a column holds them: curate forget own-" in said.err
    assert "and pull again with --map responses=COLUMN" in said.err
    assert "no prompt has a picture" in said.err
    found = as_json(capsys, "pull", path, "-C", root)
    assert found["unread"] == ["reply_of_a"]
    assert set(found["examples"]) == {"bad_json"}


def test_a_pull_whose_columns_were_all_read_warns_of_nothing(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_lines(tmp_path / "own.jsonl", [{"question": "Why?"}])
    assert run("pull", path, "-C", root) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("text", ["prompt", "=q", " = "])
def test_map_that_is_no_pair_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="FIELD=COLUMN"):
        field_map_of([text])


@pytest.mark.parametrize(
    ("field", "fix"),
    [
        ("prompt", "name each field once"),
        ("images", r"several columns are COLUMN\+COLUMN"),
        ("response", r"a column for each model's answers is --map responses=COLUMN\+COLUMN"),
    ],
)
def test_field_mapped_twice_is_a_usage_error(field: str, fix: str) -> None:
    with pytest.raises(UsageError, match=f"twice; .*{fix}"):
        field_map_of([f"{field}=a", f"{field}=b"])


def test_words_of_the_map_become_a_map() -> None:
    assert field_map_of(["prompt=q", " response = a=b "]) == {"prompt": "q", "response": "a=b"}
    assert field_map_of([]) is None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--missing-media", "guess"), 2),
        (("--limit", "0"), 2),
        (("--map", "prompt"), 2),
        (("--format", "nativ"), 1),
    ],
)
def test_wrong_options_have_their_exit_codes(
    root: Path, source: Path, arguments: tuple[str, str], code: int
) -> None:
    assert run("pull", source, "-C", root, *arguments) == code


def test_pull_outside_a_workspace_names_the_fix(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("pull", source, "-C", tmp_path / "nowhere") == 1
    assert "no workspace" in capsys.readouterr().err


def test_forget_and_pull_again(
    root: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pull_id = as_json(capsys, "pull", source, "-C", root)["pull_id"]
    said = as_json(capsys, "forget", pull_id, "-C", root)
    assert said == {"pull_id": pull_id, "events": 1, "human_votes": 0, "human_prompts": 0}
    assert as_json(capsys, "pull", source, "-C", root)["new"]["prompts"] == 1
    assert run("forget", pull_id[:5], "-C", root) == 0
    assert "Pulling its source again brings it back." in capsys.readouterr().out


def test_forgetting_an_unknown_pull_is_an_expected_error(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("forget", "nothing", "-C", root) == 1
    assert "'nothing' unknown" in capsys.readouterr().err
