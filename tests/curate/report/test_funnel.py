import json
from pathlib import Path

import pytest

from curate.report.funnel import Exported, Stage, exports, funnels, lines_left
from curate.report.reasons import OF_EXPORTS, REASONS, meaning
from export.card.facts import Left
from schemas.manifest import BuildManifest
from tests.support.workspaces import Bench


def counts(came: int, kept: int) -> dict[str, int]:
    return {"in": came, "kept": kept, "dropped": came - kept}


def manifest(bench: Bench, steps: dict[str, dict[str, dict[str, int]]]) -> BuildManifest:
    return bench.build().manifest.model_copy(update={"steps": steps})


def test_stages_go_from_the_door_to_the_last_step_that_lost_any(bench: Bench) -> None:
    steps = {
        "filter": {"candidate": counts(6, 6)},
        "dedupe": {"candidate": counts(8, 6)},
        "pair": {"pair": counts(9, 3)},
    }
    drops = [
        ("dedupe", "candidate", "duplicate", 2),
        ("pair", "pair", "below_margin", 6),
        ("pull", "candidate", "empty_response", 2),
    ]
    answers, compared = funnels(manifest(bench, steps), drops)
    assert (answers.unit, compared.unit) == ("answers", "compared answers")
    assert answers.stages == [
        Stage("pull", 10, 8, 0.8, [Left("empty_response", "an answer without words", 2)]),
        Stage("dedupe", 8, 6, 0.6, [Left("duplicate", "the same text again", 2)]),
    ]
    assert [(it.came, it.kept) for it in compared.stages] == [(9, 3)]


def test_what_came_to_a_stage_is_what_stayed_and_what_left(demo_workspace: Path) -> None:
    from curate.manifest_files import build_manifest
    from curate.report.figures import figures
    from curate.report.tables import report_tables
    from curate.workspace import Workspace

    workspace = Workspace.open(demo_workspace)
    folder = workspace.build_folder()
    with report_tables(workspace, folder) as engine:
        found = funnels(build_manifest(folder), figures(engine).drops)
    stages = [stage for funnel in found for stage in funnel.stages]
    assert len(stages) > 4
    for stage in stages:
        assert stage.came == stage.kept + sum(left.count for left in stage.left)


def test_a_line_that_is_no_record_is_no_vote(demo_workspace: Path) -> None:
    from curate.manifest_files import build_manifest
    from curate.report.figures import figures
    from curate.report.tables import report_tables
    from curate.workspace import Workspace

    workspace = Workspace.open(demo_workspace)
    folder = workspace.build_folder()
    with report_tables(workspace, folder) as engine:
        drops = figures(engine).drops
    assert lines_left(drops) == [Left("bad_json", "not valid JSON", 1)]
    (votes,) = (it for it in funnels(build_manifest(folder), drops) if it.unit == "votes")
    (door,) = votes.stages
    assert (door.came - door.kept, door.left) == (
        1,
        [Left("out_of_scale", "a score off its scale", 1)],
    )


def test_an_export_tells_its_rows_and_what_it_refused(tmp_path: Path) -> None:
    (tmp_path / "trl").mkdir()
    note = {"format": "trl", "splits": {"train": 3, "test": 1}, "refused": {"judge_unproven": 2}}
    (tmp_path / "trl" / "export.json").write_text(json.dumps(note), "utf-8")
    refused = [Left("judge_unproven", REASONS["judge_unproven"], 2)]
    assert exports(tmp_path) == [Exported("trl", 4, refused)]
    assert exports(tmp_path / "nowhere") == []


@pytest.mark.parametrize("reason", ["mismatched_prompt", "unrated"])
def test_an_export_has_its_own_words_for_what_a_build_means_otherwise(
    tmp_path: Path, reason: str
) -> None:
    (tmp_path / "trl").mkdir()
    note = {"format": "trl", "splits": {"train": 3}, "refused": {reason: 2}}
    (tmp_path / "trl" / "export.json").write_text(json.dumps(note), "utf-8")
    (found,) = exports(tmp_path)
    assert found.refused == [Left(reason, OF_EXPORTS[reason], 2)]
    assert REASONS[reason] != OF_EXPORTS[reason]


def test_a_filter_of_the_user_is_told_as_one() -> None:
    assert meaning("filter:mine") == "by a filter of curate.toml"
    assert meaning("of a later version") == ""
