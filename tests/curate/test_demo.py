import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotate import journal
from curate.console import Advance, Console
from curate.demo import STAGES, demo
from curate.init import create
from curate.invoked import own_command
from curate.workspace import Workspace
from schemas.errors import ConfigError, WorkspaceError
from tests.support.cli import ROOT, curate, process

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def test_the_demo_goes_the_whole_way(demo_workspace: Path) -> None:
    workspace = Workspace.open(demo_workspace)
    assert len(workspace.frame("pairs")) >= 60
    assert (workspace.build_folder() / "report.html").is_file()
    assert len(list((demo_workspace / "exports").glob("*/trl/*.parquet"))) >= 2


def test_a_second_run_finds_everything_there(demo_copy: Path) -> None:
    again = demo(demo_copy, now=NOW)
    assert again.build.unchanged
    assert again.pull.existed
    assert (again.judge.cached, again.judge.calls) == (96, 0)
    assert again.unstable == demo(demo_copy.parent / "new", now=NOW).unstable


def test_it_drops_every_planted_duplicate_and_nothing_else(demo_workspace: Path) -> None:
    tables = Workspace.open(demo_workspace)
    prompts = {row["prompt_id"]: row for row in tables.frame("prompts").to_dict("records")}
    answers = {row["candidate_id"]: row for row in tables.frame("candidates").to_dict("records")}
    dropped = tables.frame("dropped").query("step == 'dedupe'").to_dict("records")
    (prompt,) = [row for row in dropped if row["level"] == "prompt"]
    keys = {prompts[prompt[side]]["source_key"] for side in ("id", "other_id")}
    assert keys == {"bakery-weekend", "fault-near-prompt"}
    planted: Counter[str | None] = Counter()
    for row in dropped:
        prompt_id = answers[row["id"]]["prompt_id"] if row["level"] == "candidate" else None
        if prompt_id and row["detail"] == "with its prompt":
            assert prompt_id == prompt["id"]
        elif prompt_id:
            planted[prompts[prompt_id]["attributes"].get("planted")] += 1
    assert planted == {"exact_duplicate_outer_space": 1, "near_duplicate_answers": 2}
    copied = [
        len(row["generations"])
        for row in answers.values()
        if prompts[row["prompt_id"]]["attributes"].get("planted") == "exact_duplicate"
    ]
    assert sorted(copied) == [1, 1, 2]


def test_its_judge_answers_every_request_from_the_file(demo_workspace: Path) -> None:
    (path,) = demo_workspace.glob("annotations/judge-*.jsonl")
    events = list(journal.read(path))
    reasons = Counter(event.failure and event.failure.reason for event in events)
    assert reasons == {None: 193, "blocked": 2, "unparsable": 1}
    assert {event.rater.id for event in events} == {"replay/recorded-judge"}


def test_its_judge_speaks_in_pairs_that_no_person_rated(demo_workspace: Path) -> None:
    pairs = Workspace.open(demo_workspace).frame("pairs")
    (path,) = demo_workspace.glob("annotations/judge-*.jsonl")
    said = {event.event_id for event in journal.read(path)}
    judged = pairs[pairs["level"] == "judge"]
    assert len(judged) > 0
    assert all(said & set(events) for events in judged["provenance"])


def test_its_judge_stands_in_the_workspace(demo_copy: Path) -> None:
    found = curate("judge", "-C", demo_copy, "--json").json
    assert (found["planned"], found["cached"], found["calls"]) == (98, 96, 0)
    (run,) = curate("judge", "-C", demo_copy, "--status", "--json").json["runs"]
    assert run["judges"] == ["replay/recorded-judge"]


def test_another_judge_written_there_is_not_asked(demo_copy: Path) -> None:
    config = demo_copy / "curate.toml"
    config.write_text(config.read_text("utf-8").replace("replay", "gemini", 1), "utf-8")
    assert Workspace.open(demo_copy).settings.config.judge.provider == "gemini"
    assert demo(demo_copy, now=NOW).judge.calls == 0


def test_without_a_name_it_is_made_here_and_loads_no_client_of_a_model(tmp_path: Path) -> None:
    code = (
        "import sys; from curate.cli import main\n"
        "try: main(['demo', '--json'])\n"
        "except SystemExit: print(sorted(sys.modules), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout)["workspace"] == "pairwright-demo"
    assert (tmp_path / "pairwright-demo" / "curate.toml").is_file()
    assert "annotate.raters.replay" in ran.stderr
    assert not [name for name in ("google.genai", "openai", "aiohttp") if f"'{name}'" in ran.stderr]


def test_it_says_what_came_in_what_left_why_and_what_to_try(demo_copy: Path) -> None:
    ran = process("demo", demo_copy)
    assert (ran.code, ran.err) == (0, "")
    for part in (
        "ratings were written by us, for this demo",
        "no model was asked",
        "In: 98 prompts with 391 answers",
        "Judged: 96 of 98 prompts (1 blocked, 1 unparsable); ",
        "unreadable_media",
        "duplicate",
        "below_margin",
        "Out: ",
        "Three commands to try next:",
    ):
        assert part in ran.out, part


def test_the_three_commands_to_try_work(demo_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = curate("demo", demo_copy).out.splitlines()
    command = own_command()
    assert all(line.startswith(f"  {command} ") for line in lines[-3:])
    tries = [line.removeprefix(f"  {command} ").split() for line in lines[-3:]]
    assert [command for command, *_ in tries] == ["status", "show", "build"]
    monkeypatch.chdir(demo_copy.parent)
    assert [curate(*given).code for given in tries] == [0, 0, 0]


def test_every_part_shows_itself_before_it_begins_and_the_bar_is_full_at_the_end(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, object]] = []

    @contextmanager
    def progress(_console: Console, label: str, total: int | None = None) -> Iterator[Advance]:
        seen.append((label, total))
        yield lambda count, label=None, _total=None: seen.append((str(label), count))
        seen.append(("closed", total))

    monkeypatch.setattr(Console, "progress", progress)
    assert curate("demo", demo_copy, "--set", "pairs.min_margin=1").code == 0
    assert seen[:3] == [("loading", None), ("closed", None), ("pull", len(STAGES))]
    assert seen[-1] == ("closed", len(STAGES))
    shown = seen[3:-1]
    assert [label for label, _ in shown if label in STAGES] == list(STAGES)
    assert [label for label, count in shown if count] == list(STAGES[1:])
    inside = {label.partition(":")[0] for label, _ in shown if ":" in label}
    assert inside == {"build", "report"}


def test_its_object_holds_each_stages_object(demo_copy: Path) -> None:
    found = curate("demo", demo_copy, "--json").json
    assert found.keys() == {"workspace", "pull", "judge", "build", "export", "report"}
    assert found["build"]["pairs"] == found["export"]["formats"]["trl"]["rows"]
    assert found["pull"]["prompts"] == found["judge"]["planned"] == 98


def test_another_workspace_is_left_alone(tmp_path: Path) -> None:
    create(tmp_path / "mine")
    with pytest.raises(WorkspaceError, match="was not made by the demo; name another folder"):
        demo(tmp_path / "mine", now=NOW)
    assert list((tmp_path / "mine" / "pulls").iterdir()) == []


@pytest.mark.parametrize("name", ["file", "folder/file"])
def test_a_place_that_is_taken_is_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / name).write_text("mine", "utf-8")
    with pytest.raises(WorkspaceError, match="name another folder"):
        demo(tmp_path / name.partition("/")[0], now=NOW)
    assert (tmp_path / name).read_text("utf-8") == "mine"


def test_a_setting_goes_before_the_demos_own(demo_copy: Path) -> None:
    ran = curate("demo", demo_copy, "--set", "pairs.policy=all-ranked", "--json")
    assert ran.json["build"]["pairs"] > 98


def test_a_wrong_setting_stops_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"pairs\.policy"):
        demo(tmp_path / "new", now=NOW, overrides=["pairs.policy=best"])
