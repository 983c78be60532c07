"""A build as a whole: its id, what is left in place, and that nothing is lost on the way."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from curate import manifests
from curate.build import build
from schemas.errors import BuildError, ConfigError, WorkspaceError
from schemas.pair import DroppedRow
from tests.support.random_votes import fill, settings_of
from tests.support.workspaces import NOW, Bench, five, rows, write_pull

TABLES = ("pairs", "ties", "scores", "dropped")


@pytest.fixture
def voted(bench: Bench) -> Bench:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(9), "b": five(6)}, rubric_hash="w")
    return bench


def _bytes(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


def test_an_unchanged_build_says_so_and_does_nothing(voted: Bench) -> None:
    first = voted.build()
    stamp = (first.folder / "pairs.parquet").stat().st_mtime_ns
    again = voted.build()
    assert (first.unchanged, again.unchanged) == (False, True)
    assert again.manifest == first.manifest
    assert (again.folder / "pairs.parquet").stat().st_mtime_ns == stamp


def test_force_builds_anew_with_the_same_bytes(voted: Bench) -> None:
    first = voted.build()
    before, inode = _bytes(first.folder), first.folder.stat().st_ino
    again = voted.build(force=True)
    assert not again.unchanged
    assert again.folder.stat().st_ino != inode
    assert _bytes(again.folder) == before


@pytest.mark.parametrize(
    "setting", ["pairs.min_margin=1", "score.weights.helpfulness=2", "split.seed=1", "pairs.seed=1"]
)
def test_a_setting_that_matters_makes_another_build(voted: Bench, setting: str) -> None:
    assert voted.build(setting).manifest.build_id != voted.build().manifest.build_id


def test_settings_of_other_stages_make_no_other_build(voted: Bench) -> None:
    others = (
        "judge.model=other",
        "route.overlap_min=3",
        "label_studio.raters=2",
        "export.shard_mb=1",
    )
    assert voted.build(*others).manifest.build_id == voted.build().manifest.build_id


def test_the_wording_of_the_rubric_makes_no_other_build(voted: Bench) -> None:
    """The rubric_id is names and scales; the questions are what raters read."""
    metrics = '[[rubric.metric]]\nname = "x"\nquestion = "{}"\n'
    voted.config = metrics.format("Is it good?")
    first = voted.build().manifest.build_id
    voted.config = metrics.format("How good is it?")
    assert voted.build().manifest.build_id == first


def test_another_vote_makes_another_build(voted: Bench) -> None:
    first = voted.build().manifest.build_id
    voted.vote("q", "human:ben", {"a": five(9), "b": five(6)})
    assert voted.build().manifest.build_id != first


def test_a_build_of_the_past_is_pointed_at_again(voted: Bench) -> None:
    first = voted.build()
    voted.build("pairs.min_margin=12")
    latest = voted.root / "builds" / "latest"
    assert latest.resolve() != first.folder.resolve()
    assert voted.build().unchanged
    assert latest.resolve() == first.folder.resolve()


def test_a_failed_build_leaves_the_last_good_one(
    voted: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An audit finds something at the very end, with --force on the same build_id."""
    good = voted.build()
    before = _bytes(good.folder)

    def fail(_engine: object) -> manifests.Steps:
        raise BuildError("audit found 1 rows", "report this")

    monkeypatch.setattr(manifests, "audited_steps", fail)
    with pytest.raises(BuildError, match="audit"):
        voted.build(force=True)
    assert (voted.root / "builds" / "latest").resolve() == good.folder.resolve()
    assert _bytes(good.folder) == before
    assert list((voted.root / "builds").glob(".staging*")) == []


def test_what_a_killed_build_left_is_cleared_by_the_next(voted: Bench) -> None:
    stale = voted.write().builds / ".staging-1"
    (stale / "scratch").mkdir(parents=True)
    voted.build()
    assert not stale.exists()


def test_a_build_that_a_killed_one_was_about_to_replace_is_back(voted: Bench) -> None:
    good = voted.build()
    before = _bytes(good.folder)
    aside = good.folder.with_name(f".replaced-{good.folder.name}")
    good.folder.rename(aside)
    voted.build("pairs.min_margin=0")
    assert _bytes(good.folder) == before
    shutil.copytree(good.folder, aside)
    voted.build("pairs.min_margin=0")
    assert not aside.exists()
    assert _bytes(good.folder) == before


def test_a_running_build_keeps_a_second_one_out(voted: Bench) -> None:
    workspace = voted.write()
    inside: list[str] = []

    def second(_step: str) -> None:
        with pytest.raises(WorkspaceError, match="already running") as error:
            build(workspace, now=NOW)
        inside.append(error.value.message)

    build(workspace, now=NOW, progress=second)
    assert inside


def test_strict_makes_a_warning_an_error(voted: Bench) -> None:
    with pytest.raises(BuildError, match="no pair came out"):
        voted.build("pairs.min_margin=12", strict=True)
    assert voted.build(strict=True).manifest.warnings == ()


def test_a_weight_finer_than_sums_can_hold_is_refused(voted: Bench) -> None:
    with pytest.raises(ConfigError, match="helpfulness"):
        voted.build("score.weights.helpfulness=0.33333")


def test_an_empty_workspace_builds_empty_tables(bench: Bench) -> None:
    report = bench.build()
    assert {name: rows(report, name) for name in TABLES} == {name: [] for name in TABLES}
    assert report.manifest.counts == {
        "prompts": 0, "candidates": 0, "pairs": 0, "ties": 0, "scores": 0, "splits": 0,
        "dropped": 0,
    }  # fmt: skip


def test_the_manifest_is_what_the_report_holds(voted: Bench) -> None:
    report = voted.build()
    found = json.loads((report.folder / "manifest.json").read_text())
    assert found["build_id"] == report.folder.name == report.manifest.build_id
    assert (found["policy"], found["splits"]) == ("mllm-dpo", {"train": 1})
    assert [file["path"] for file in found["inputs"]] == ["pulls/test-1", "annotations/votes.jsonl"]


def test_rows_that_a_pull_refused_are_told_by_the_build(voted: Bench) -> None:
    workspace = voted.write()
    refused = DroppedRow(
        level="row", id=None, source="test", line=7, step="pull", reason="bad_json",
        detail="cut short", other_id=None, score=None,
    )  # fmt: skip
    write_pull(workspace, "test-1", voted.prompts.values(), voted.candidates.values(), [refused])
    report = build(workspace, now=NOW)
    assert rows(report, "dropped") == [refused.model_dump()]
    assert report.manifest.dropped["pull"] == {"bad_json": 1}


@pytest.mark.parametrize("policy", ["all-ranked", "mllm-dpo", "best-vs-rest"])
@pytest.mark.parametrize("seed", range(3))
def test_kept_and_dropped_are_the_input_at_every_step(bench: Bench, policy: str, seed: int) -> None:
    random = Random(seed)
    fill(bench, random, prompts=15)
    bench.answer("q0", "a ")
    bench.config += "[[filter]]\nname = 'f'\nlevel = 'prompt'\ndrop_when = 'n_answers = 3'\n"
    overrides, _ = settings_of(random)
    report = bench.build(*overrides, f"pairs.policy={policy}")
    steps = report.manifest.steps
    assert {(step, level) for step, levels in steps.items() for level in levels} == {
        ("validate", "row"), ("dedupe", "prompt"), ("dedupe", "candidate"),
        ("decontaminate", "prompt"), ("decontaminate", "candidate"), ("filter", "prompt"),
        ("filter", "candidate"), ("pair", "prompt"), ("pair", "pair"),
    }  # fmt: skip
    for levels in steps.values():
        for counts in levels.values():
            assert counts["in"] == counts["kept"] + counts["dropped"]
    dropped = rows(report, "dropped")
    assert sum(n for reasons in report.manifest.dropped.values() for n in reasons.values()) == len(
        dropped
    )
    assert steps["dedupe"]["candidate"]["in"] == len(bench.candidates)
    compared = _ids(dropped, "pair") + [
        row["pair_id"] for name in ("pairs", "ties") for row in rows(report, name)
    ]
    assert len(set(compared)) == len(compared) == steps["pair"]["pair"]["in"]


def _ids(dropped: Sequence[dict[str, str]], level: str) -> list[str]:
    return [row["id"] for row in dropped if row["level"] == level]
