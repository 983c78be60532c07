"""`curate align score`: rewards as events of the journal, and as a file that bench grades."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.benches import pair, write_rows
from tests.support.cli import curate
from tests.support.rewarded import reward_events, rewards, scored, trained, voted
from tests.support.trainers import TRAINS

pytestmark = TRAINS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace, and below it a run of two folds; neither is to be changed."""
    root = voted(tmp_path_factory.mktemp("scored") / "workspace").root
    trained(root, root / "runs" / "folded", "--folds", "2")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of the workspace, to score in."""
    return Path(shutil.copytree(made, tmp_path / "copy", symlinks=True))


def run_of(root: Path) -> Path:
    return root / "runs" / "folded"


def journals(root: Path) -> list[Path]:
    return sorted((root / "annotations").glob("reward-*.jsonl"))


def test_every_kept_answer_is_scored_by_a_model_that_never_saw_its_prompt(root: Path) -> None:
    found = scored(root, Path(run_of(root).name))
    assert (found["prompts"], found["scored"], found["cross_fitted"]) == (8, 24, 24)
    assert (found["in_sample"], found["failed"], found["left_out"]) == (0, {}, {})
    events = reward_events(root)
    assert len(events) == 8
    learned = [
        json.loads((run_of(root) / f"fold-{fold}" / "trained_on.json").read_text("utf-8"))
        for fold in (0, 1)
    ]
    for event in events:
        claim, component = event.flags
        assert claim == "cross_fitted"
        fold = int(component.removeprefix("component:"), 16) % 2
        assert event.prompt_id not in learned[fold]["prompts"]
        assert (event.rater.kind, event.rater.id) == ("reward_model", "folded")
        assert (event.rater.version, event.rubric_id) == (
            found["rater"]["version"],
            "reward:-1000:1000",
        )
        assert len(event.answers) == 3
        assert event.tiers is None
    assert len({event.request_hash for event in events}) == 2


def test_what_the_model_wrote_stands_beside_its_score(root: Path) -> None:
    scored(root, run_of(root), "--max-tokens", "6")
    said = [answer.rationales for event in reward_events(root) for answer in event.answers]
    assert any(said)
    assert {name for one in said for name in one} == {"overall"}
    scored(root, run_of(root), "--mode", "none", "--name", "silent")
    silent = [event for event in reward_events(root) if event.rater.id == "silent"]
    assert len(silent) == 8
    assert not any(answer.rationales for event in silent for answer in event.answers)


def test_nothing_is_scored_twice(root: Path) -> None:
    first = scored(root, run_of(root))
    again = scored(root, run_of(root))
    assert (again["scored"], again["cached"], again["path"]) == (0, 24, None)
    assert again["rater"] == first["rater"]
    assert len(journals(root)) == 1


def test_batches_and_pilots_change_no_score(root: Path, made: Path, tmp_path: Path) -> None:
    whole = Path(shutil.copytree(made, tmp_path / "whole", symlinks=True))
    scored(whole, run_of(whole), "--batch-size", "1")
    assert scored(root, run_of(root), "--batch-size", "5", "--limit", "3")["prompts"] == 3
    assert scored(root, run_of(root), "--batch-size", "24")["cached"] == 9
    expected = rewards(whole)
    found = rewards(root)
    assert found.keys() == expected.keys()
    for name, reward in expected.items():
        assert found[name] == pytest.approx(reward, abs=1e-5)


def test_a_run_that_is_killed_goes_on_where_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import contextmanager
    from datetime import UTC, datetime

    from curate.aligning import scoring
    from curate.aligning.reward_run import read_run
    from curate.workspace import Workspace

    monkeypatch.setattr(scoring, "ANSWERS_AT_ONCE", 4)
    run = read_run(run_of(root), name=None, mode="none", max_new_tokens=None, batch_size=1)

    def killed(_count: int) -> None:
        raise KeyboardInterrupt

    @contextmanager
    def bar(_total: int) -> Any:
        yield killed

    with pytest.raises(KeyboardInterrupt):
        scoring.score(Workspace.open(root), run, None, lambda: datetime.now(UTC), bar)
    (journal,) = journals(root)
    assert len(reward_events(root)) == 2
    with journal.open("ab") as file:
        file.write(b'{"event_id": "torn')
    found = scored(root, run_of(root), "--mode", "none")
    assert (found["scored"], found["cached"]) == (18, 6)
    assert len(reward_events(root)) == 8


def test_an_answer_that_came_later_joins_the_scores_of_its_prompt(root: Path) -> None:
    scored(root, run_of(root))
    before = rewards(root)
    kept = _forget(root, 1)
    found = scored(root, run_of(root))
    assert (found["prompts"], found["scored"], found["cached"]) == (1, 1, 23)
    after = rewards(root)
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert after.keys() == before.keys()
    assert len(reward_events(root)) == 8


def _forget(root: Path, count: int) -> set[str]:
    """Take the scores of the last answers out of the first line of the journal; what is left."""
    (journal,) = journals(root)
    lines = journal.read_text("utf-8").splitlines()
    first = json.loads(lines[0])
    first["answers"] = first["answers"][:-count]
    journal.write_text("\n".join([json.dumps(first), *lines[1:], ""]), "utf-8")
    return set(rewards(root))


def test_a_model_trained_anew_scores_everything_again(root: Path) -> None:
    first = scored(root, run_of(root))
    head = _head(run_of(root) / "fold-0", lambda state: state["out.bias"].add_(1))
    again = scored(root, run_of(root))
    assert head.is_file()
    assert again["rater"]["version"] != first["rater"]["version"]
    assert (again["scored"], again["cached"]) == (24, 0)
    assert len(reward_events(root)) == 16


@pytest.mark.parametrize(
    ("bias", "reason"), [(float("nan"), "not_finite"), (5000.0, "out_of_scale")]
)
def test_a_reward_that_cannot_count_is_a_failure_and_no_score(
    root: Path, bias: float, reason: str
) -> None:
    for fold in (0, 1):
        _head(run_of(root) / f"fold-{fold}", lambda state: state["out.bias"].fill_(bias))
    found = scored(root, run_of(root))
    assert (found["scored"], found["failed"]) == (0, {reason: 24})
    events = reward_events(root)
    assert all(event.failure is not None for event in events)
    assert rewards(root) == {}
    again = scored(root, run_of(root))
    assert (again["cached"], again["path"]) == (24, None)


def _head(run: Path, change: Callable[[Any], Any]) -> Path:
    from safetensors.torch import load_file, save_file

    path = run / "model" / "score_head.safetensors"
    state = load_file(path)
    change(state)
    save_file(state, path)
    return path


def test_one_model_says_which_prompts_it_trained_on(root: Path) -> None:
    trained(root, root / "runs" / "one")
    learned = json.loads((root / "runs" / "one" / "trained_on.json").read_text("utf-8"))
    ran = curate("align", "score", root / "runs" / "one", "-C", root)
    assert "give no delta; train with --folds 2 or more" in ran.err
    for event in reward_events(root):
        seen = event.prompt_id in learned["prompts"]
        assert event.flags[0] == ("in_sample" if seen else "cross_fitted")


def test_an_answer_whose_picture_is_gone_is_counted(root: Path) -> None:
    gone = next((root / "media").glob("*/*.png"))
    gone.unlink()
    broken = next((root / "media").glob("*/*.png"))
    broken.write_bytes(b"\x89PNG\r\n\x1a\nno picture")
    found = scored(root, run_of(root))
    assert found["left_out"] == {"missing_media": 3, "unreadable_media": 3}
    assert found["scored"] == 18


def test_rewards_vote_on_nothing(root: Path) -> None:
    before = curate("build", "-C", root, "--set", "pairs.policy=all-ranked", "--json").json
    scored(root, run_of(root))
    after = curate("build", "-C", root, "--set", "pairs.policy=all-ranked", "--json").json
    assert after["build_id"] != before["build_id"]
    assert (after["pairs"], after["ties"]) == (before["pairs"], before["ties"])


def benchmark(folder: Path) -> Path:
    """Two pairs of one question and one of another; no media."""
    asked = {"image": None, "category": "text"}
    return write_rows(
        folder / "pairs.jsonl",
        pair("Three.", "Two.", "one", chosen_reason="Right.", rejected_reason="Wrong.", **asked),
        pair("Three.", "Four cups.", "one", rejected_reason="Too many.", **asked),
        pair("Yes.", "No.", "two", prompt="Is two even?", **asked),
    )


def pair_lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_scores_of_a_benchmark_are_graded_by_bench(root: Path, tmp_path: Path) -> None:
    rows = benchmark(tmp_path)
    out = tmp_path / "out" / "scores.jsonl"
    found = scored(root, run_of(root), "--pairs", str(rows), "--out", out)
    assert (found["pairs"], found["scored"], found["in_sample"]) == (3, 3, 0)
    lines = pair_lines(out)
    assert [line["id"] for line in lines] == ["one", "one", "two"]
    right = sum(line["chosen_score"] > line["rejected_score"] for line in lines)
    graded = curate("bench", out, rows, "--json")
    assert graded.code == 0, graded.err
    assert graded.json["acc"] == pytest.approx(right / 3)
    assert graded.json["prompts"] == 2
    assert sorted(it.name for it in out.parent.iterdir()) == ["scores.jsonl"]


def test_the_rows_own_reasons_are_read_where_they_are_asked_for(root: Path, tmp_path: Path) -> None:
    rows = benchmark(tmp_path)
    for mode in ("given", "none"):
        out = tmp_path / f"{mode}.jsonl"
        scored(root, run_of(root), "--pairs", str(rows), "--out", out, "--mode", mode)
    given, none = (pair_lines(tmp_path / f"{mode}.jsonl") for mode in ("given", "none"))
    assert [it["chosen_critique"] for it in given] == ["Right.", "", ""]
    assert given[0]["chosen_score"] != none[0]["chosen_score"]
    assert given[2]["chosen_score"] == pytest.approx(none[2]["chosen_score"], abs=1e-6)


def test_a_benchmark_of_the_set_s_own_prompts_goes_to_models_that_never_saw_them(
    root: Path, tmp_path: Path
) -> None:
    rows = tmp_path / "bench"
    made = curate("bench", "make", "--per-category", "8", "--out", rows, "-C", root)
    assert made.code == 0, made.err
    out = tmp_path / "folded.jsonl"
    folded = scored(root, run_of(root), "--pairs", str(rows), "--out", out)
    assert folded["pairs"] == folded["scored"] > 0
    assert folded["in_sample"] == 0
    trained(root, root / "runs" / "one")
    one = scored(root, root / "runs" / "one", "--pairs", str(rows), "--out", out)
    assert 0 < one["in_sample"] <= one["pairs"]


def test_a_pair_without_a_score_is_null_and_counted(root: Path, tmp_path: Path) -> None:
    for fold in (0, 1):
        _head(run_of(root) / f"fold-{fold}", lambda state: state["out.bias"].fill_(float("nan")))
    out = tmp_path / "scores.jsonl"
    rows = benchmark(tmp_path)
    found = scored(root, run_of(root), "--pairs", str(rows), "--out", out)
    assert (found["scored"], found["failed"]) == (0, {"not_finite": 6})
    assert [line["chosen_score"] for line in pair_lines(out)] == [None] * 3
    assert curate("bench", out, rows, "--json").json["acc"] == 0


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--pairs", "pairs.jsonl"], 2, "--pairs and --out go together"),
        (["--mode", "given"], 2, "--mode given without --pairs"),
        (["--pairs", "nowhere.jsonl", "--out", "scores.jsonl"], 1, "nowhere.jsonl"),
    ],
)
def test_options_that_do_not_go_together_are_said(
    root: Path, more: list[str], code: int, said: str
) -> None:
    ran = curate("align", "score", run_of(root), "-C", root, *more)
    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err


def damaged(run: Path, how: str) -> None:
    record = run / "run.json"
    if how == "begun":
        values = json.loads(record.read_text("utf-8"))
        record.write_text(json.dumps({**values, "state": "begun"}), "utf-8")
    elif how == "other":
        record.write_text('{"recipe": "dpo", "state": "done"}', "utf-8")
    elif how == "no run":
        record.unlink()
    else:
        (run / "fold-1" / "trained_on.json").unlink()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("begun", "not done"),
        ("other", "no run of a reward model"),
        ("no run", "no run of a reward model"),
        ("unknown rows", "trained_on.json: cannot be read"),
    ],
)
def test_a_folder_that_is_no_whole_run_is_refused(root: Path, how: str, said: str) -> None:
    damaged(run_of(root), how)
    ran = curate("align", "score", run_of(root), "-C", root)
    assert ran.code == 1
    assert said in ran.err
    assert journals(root) == []
