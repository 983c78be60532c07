"""`curate export --format native` is the way back: pulling it gives the workspace again."""

import json
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from curate.exporting import export
from curate.init import create
from curate.pull.stage import pull
from curate.workspace import Workspace
from export.base import ExportResult
from schemas.candidate import Medium
from tests.support import round_trips
from tests.support.cli import curate
from tests.support.workspaces import MM_RLHF, NOW, Bench

SAME = ("rubric.preset=five-metric", "pairs.policy=all-ranked", "pairs.min_margin=0")


def there_and_back(workspace: Workspace, folder: Path) -> tuple[ExportResult, Workspace]:
    """The export, and a workspace on the other preset that pulled it."""
    result = export(workspace, ["native"], folder / "out")["native"]
    other = create(folder / "other", "mm-rlhf")
    report = pull(other, str(result.path), now=NOW, missing_media="keep")
    assert report.dropped == {}
    return result, other


@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_a_workspace_comes_back_as_it_was(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = data.draw(round_trips.workspaces(folder / "workspace"))
        result, other = there_and_back(workspace, folder)
        assert round_trips.contents(other) == round_trips.contents(workspace)
        assert result.warnings == ()
        same, again = (Workspace.open(one.root, SAME) for one in (workspace, other))
        assert round_trips.pairs(again) == round_trips.pairs(same)


def test_the_demo_comes_back_with_all_that_was_said(demo_workspace: Path, tmp_path: Path) -> None:
    """A failure has no model version in the layout, and two alike are one."""
    workspace = Workspace.open(demo_workspace, SAME)
    result, other = there_and_back(workspace, tmp_path)
    before, after = round_trips.contents(workspace), round_trips.contents(other)
    said, said_again = (votes_without_failures(one.pop("votes")) for one in (before, after))
    assert after == before
    assert said_again == said
    assert result.warnings == (
        "native: 1 repeated judgement of a rater reads back as one with its first",
    )


def votes_without_failures(votes: Counter[str]) -> Counter[str]:
    """Those that say something of an answer."""
    return Counter({vote: n for vote, n in votes.items() if json.loads(vote)["failure"] is None})


def test_pulling_the_export_into_its_own_workspace_adds_nothing_to_answers(
    built: Bench, tmp_path: Path
) -> None:
    workspace = Workspace.open(built.root)
    before = round_trips.contents(workspace)
    result = export(workspace, ["native"], tmp_path / "out")["native"]
    pull(workspace, str(result.path), now=NOW)
    after = round_trips.contents(workspace)
    assert after["prompts"] == before["prompts"]
    assert after["candidates"] == before["candidates"]


def test_an_edited_vote_is_written_as_it_stands(bench: Bench, tmp_path: Path) -> None:
    bench.sums("How many?", {"Three.": 12, "Two.": 3})
    bench.vote("How many?", scores={"Three.": 1, "Two.": 4}, supersedes=bench.events[0].event_id)
    workspace = bench.write()
    _, other = there_and_back(workspace, tmp_path)
    assert round_trips.votes(other) == round_trips.votes(workspace)
    assert round_trips.votes(other).total() == 1


def test_a_final_vote_is_warned_of(bench: Bench, tmp_path: Path) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", "human:anna", {"Three.": 4, "Two.": 0}, final=True)
    result, _ = there_and_back(bench.write(), tmp_path)
    assert result.warnings == ("native: 1 final vote reads back as an ordinary one",)


def test_a_reward_models_claim_is_warned_of(bench: Bench, tmp_path: Path) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.reward("How many?", {"Three.": 2, "Two.": 0})
    bench.reward("How many?", {"Three.": 2, "Two.": 0}, "other", flags=())
    result, other = there_and_back(bench.write(), tmp_path)
    assert result.warnings == (
        "native: 1 event of a reward model reads back without saying whether it is cross-fitted",
    )
    assert round_trips.votes(other).total() == 2


def test_repeats_that_only_their_number_tells_apart_are_warned_of(
    bench: Bench, tmp_path: Path
) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    for sample, low in enumerate((0, 0, 1)):
        bench.vote("How many?", "judge:j", {"Three.": 4, "Two.": low}, sample=sample)
    result, _ = there_and_back(bench.write(), tmp_path)
    assert result.warnings[0].startswith("native: 1 repeated judgement of a rater reads back")


def test_a_second_round_of_single_answers_is_warned_of(bench: Bench, tmp_path: Path) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    for sample in (0, 1):
        bench.vote("How many?", "judge:j", {"Three.": 4 - sample}, sample=sample)
        bench.vote("How many?", "judge:j", {"Two.": sample}, sample=sample)
    result, _ = there_and_back(bench.write(), tmp_path)
    assert result.warnings[0].startswith("native: 2 repeated judgements of a rater read back")


def test_votes_on_what_no_pull_has_are_warned_of(bench: Bench, tmp_path: Path) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", tiers=[["Three."], ["Nowhere."]])
    bench.prompt("Elsewhere?", "Yes.")
    bench.vote("Elsewhere?", scores={"Yes.": 4})
    del bench.prompts["Elsewhere?"], bench.candidates["Elsewhere?", "Yes."]
    result = export(bench.write(), ["native"], tmp_path / "out")["native"]
    assert result.warnings[0].startswith("native: 2 votes are left out or cut")


def test_a_warning_is_said_and_is_in_the_object(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", "human:anna", {"Three.": 4, "Two.": 0}, final=True)
    bench.write()
    ran = curate("export", "--format", "native", "-C", bench.root, "--json")
    (warning,) = ran.json["formats"]["native"]["warnings"]
    assert ran.err == f"warning: {warning}\n"
    assert ran.code == 0


def test_a_missing_picture_keeps_its_path(bench: Bench, tmp_path: Path) -> None:
    gone = Medium(kind="image", path="photos/024.png")
    prompt_id = bench.prompt("What is it?", "A cat.", media=[gone])
    _, other = there_and_back(bench.write(), tmp_path)
    assert list(round_trips.contents(other)["prompts"]) == [prompt_id]


def test_the_other_preset_is_told_from_the_ratings_scale(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "workspace", MM_RLHF)
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", scores={"Three.": 5, "Two.": 1})
    result = export(bench.write(), ["native"], tmp_path / "out")["native"]
    other = create(tmp_path / "other")
    pull(other, str(result.path), now=NOW)
    (_, low, high), *_ = other.frame("ratings")[["value", "scale_min", "scale_max"]].values.tolist()
    assert (float(low), float(high)) == (1, 5)


@pytest.mark.parametrize("text", ["<image>", "a <image> b", "<video>", "{{x}}", "\u202e"])
def test_a_text_is_text_and_never_a_place_for_a_picture(
    text: str, bench: Bench, tmp_path: Path
) -> None:
    prompt_id = bench.prompt(text, text, "other")
    _, other = there_and_back(bench.write(), tmp_path)
    assert list(round_trips.contents(other)["prompts"]) == [prompt_id]
