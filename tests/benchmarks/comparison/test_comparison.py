"""The job of docs/comparison.md, and that its table counts what is there."""

import json
import re
from pathlib import Path

import pytest

from benchmarks.comparison import job, lines, server
from curate.settings import load


def test_the_job_has_a_picture_and_four_answers_a_prompt(tmp_path: Path) -> None:
    assert job.write(tmp_path) == job.PROMPTS
    rows = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text().splitlines()]
    assert {len(row["responses"]) for row in rows} == {4}
    assert all((tmp_path / row["images"][0]).is_file() for row in rows)


def test_two_prompts_have_a_near_copy(tmp_path: Path) -> None:
    job.write(tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text().splitlines()]
    plain = [[re.sub(r"\W", "", one["text"]) for one in row["responses"]] for row in rows]
    assert sum(len(set(texts)) == 3 for texts in plain) == job.COPIED


def test_the_page_counts_the_lines_that_are_there(repo_root: Path) -> None:
    page = (repo_root / "docs" / "comparison.md").read_text("utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith("| what you write |")]
    told = [int(cell) for cell in re.findall(r"\b(\d+) lines", row)]
    assert told == [lines.count(lines.HERE / name) for name in lines.WRITTEN]


def test_our_settings_are_valid() -> None:
    assert load(lines.HERE / "curate.toml").config.route.overlap_min == 6


@pytest.mark.parametrize("wanted", [None, {"json_schema": {"schema": server.FOUR}}])
def test_the_judge_scores_four_answers_by_five_metrics(wanted: object) -> None:
    scores = json.loads(server.answer({"messages": [], "response_format": wanted}))
    assert list(scores) == list("0123")
    assert all(0 <= scores[name][metric] <= 4 for name in scores for metric in server.METRICS)


def test_docstrings_comments_and_clicks_are_no_lines(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text('"""About\nit."""\n# why\nx = 1\n\ndef vote():\n    return 2\n\ny = 3\n')
    assert lines.count(script) == 2
