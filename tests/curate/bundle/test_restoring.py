"""A push goes into a workspace that has something already by ids, and never over its settings."""

import json
import shutil
from pathlib import Path

import pytest

from annotate import journal
from curate.bundle import restoring
from curate.bundle.config import HEAD
from curate.bundle.writing import write_bundle
from curate.init import create
from curate.pull.tombstones import write_whole
from curate.pushing.refusals import refuse_unfit
from curate.workspace import Workspace
from schemas.base import content_id
from schemas.errors import BuildError, ExportError, UsageError
from schemas.event import Event, Rater
from tests.support.bundles import ANNA, built, pushed, tables, votes
from tests.support.pictures import write_picture
from tests.support.pulling import (
    NOW,
    events_of,
    pulled,
    question,
    rows_of,
    tree,
    workspace_at,
    write_lines,
)

PERSON = "h-0123456789ab"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace of one pull with two pictures, and a person's votes."""
    made = create(tmp_path / "theirs", overrides=("split.test=0.5", ANNA))
    write_picture(tmp_path / "in" / "0.png")
    write_picture(tmp_path / "in" / "1.png", colour=99)
    rows = [
        question("Which?", "Red", "Blue", images=["0.png"]),
        question("Unrated?", images=["1.png"]),
    ]
    pulled(made, write_lines(tmp_path / "in" / "set.jsonl", rows), licence="MIT")
    write_whole(made.annotations / "label-1.jsonl", votes(made, "human", PERSON))
    return made


@pytest.fixture
def push(workspace: Workspace, tmp_path: Path) -> Path:
    built(workspace)
    return pushed(workspace, tmp_path)


def test_settings_of_the_push_take_the_place_of_a_fresh_file_only(
    push: Path, tmp_path: Path
) -> None:
    fresh = workspace_at(tmp_path / "fresh", "mm-rlhf")
    before = fresh.config_path.read_text("utf-8")
    notes = pulled(fresh, push).notes
    assert fresh.config_path.read_text("utf-8").startswith(HEAD)
    assert (fresh.root / restoring.BEFORE).read_text("utf-8") == before
    assert "curate.toml has the settings of the push" in notes[0]

    own = create(tmp_path / "own", "mm-rlhf", ("split.test=0.1",))
    before = own.config_path.read_text("utf-8")
    notes = pulled(own, push).notes
    assert own.config_path.read_text("utf-8") == before
    assert notes[0] == (
        "curate.toml was left as it is; the push was built with another "
        "pairs, rubric, score.weights, split."
    )


def test_a_workspace_with_other_pulls_gets_what_is_new_by_id(push: Path, tmp_path: Path) -> None:
    ours = workspace_at(tmp_path / "ours")
    pulled(ours, write_lines(tmp_path / "own.jsonl", [question("Mine?", "Yes", "No")]))
    write_whole(ours.annotations / "label-1.jsonl", votes(ours, "human", "h-ba9876543210"))
    before = ours.config_path.read_text("utf-8")
    report = pulled(ours, push)
    assert report.new == {"prompts": 2, "candidates": 2, "events": 2}
    assert len(ours.pull_folders()) == 2
    assert len(rows_of(ours, "prompts")) == 3
    raters = {event.rater.id for event in events_of(ours)}
    assert raters == {"anna", PERSON, "h-ba9876543210"}
    assert ours.config_path.read_text("utf-8") == before
    assert [path.name[:5] for path in ours.journals()] == ["from-", "label", "pull-", "pull-"]
    again = tree(ours.root)
    assert pulled(ours, push).existed
    assert tree(ours.root) == again


def test_votes_that_came_since_are_added_to_those_that_are_here(
    workspace: Workspace, push: Path, tmp_path: Path
) -> None:
    ours = workspace_at(tmp_path / "ours")
    pulled(ours, push)
    write_whole(workspace.annotations / "label-2.jsonl", votes(workspace, "human", "h-" + "a" * 12))
    built(workspace)
    shutil.rmtree(tmp_path / "push")
    report = pulled(ours, pushed(workspace, tmp_path))
    assert report.new == {"prompts": 0, "candidates": 0, "events": 1}
    assert tables(built(ours)) == tables(built(workspace))


def test_a_run_that_was_killed_is_gone_on_with(
    push: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, cut = workspace_at(tmp_path / "whole"), workspace_at(tmp_path / "cut")
    pulled(whole, push)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("_put_media", "_commit", "_place_choices", "_commit_pull", "_add_journals"):
        with monkeypatch.context() as patch:
            patch.setattr(restoring, name, killed)
            with pytest.raises(KeyboardInterrupt):
                pulled(cut, push)
        assert not list(cut.pulls.glob(".bundle-*"))
        Workspace.open(cut.root).frame("candidates")
    pulled(cut, push)
    assert tree(cut.root) == tree(whole.root)


def test_a_dry_run_counts_and_writes_nothing(push: Path, tmp_path: Path) -> None:
    ours = workspace_at(tmp_path / "ours")
    before = tree(ours.root)
    report = pulled(ours, push, dry_run=True)
    assert (report.pull_id, report.new["prompts"], report.media) == (None, 2, 2)
    assert tree(ours.root) == before


def test_votes_here_that_the_push_overrules_are_told(
    workspace: Workspace, push: Path, tmp_path: Path
) -> None:
    ours = workspace_at(tmp_path / "ours")
    pulled(ours, push)
    taken = next(event for event in events_of(ours) if event.rater.id == PERSON)
    other = {"event_id": "f" * 32, "supersedes": taken.event_id, "final": True}
    theirs = taken.model_copy(update={**other, "rater": Rater(kind="human", id="h-" + "1" * 12)})
    write_whole(workspace.annotations / "label-2.jsonl", [theirs])
    shutil.rmtree(tmp_path / "push")
    shutil.rmtree(tmp_path / "exports")
    built(workspace)
    notes = pulled(ours, pushed(workspace, tmp_path)).notes
    assert "1 of the votes here is superseded or reviewed by the push." in notes
    assert any("final word, which goes before yours, on 1 prompt" in note for note in notes)


def test_options_of_a_plain_source_are_refused(push: Path, tmp_path: Path) -> None:
    ours = workspace_at(tmp_path / "ours")
    with pytest.raises(UsageError, match="--limit does not go with a push"):
        pulled(ours, push, limit=1)
    with pytest.raises(UsageError, match="--missing-media does not go with a push"):
        pulled(ours, push, missing_media="fail")


def test_a_folder_without_a_manifest_is_a_source_as_ever(push: Path, tmp_path: Path) -> None:
    shutil.rmtree(push / "pairwright")
    assert pulled(workspace_at(tmp_path / "ours"), push).format != "push"


def test_a_workspace_that_moved_on_is_built_before_it_is_pushed(
    workspace: Workspace, push: Path
) -> None:
    write_whole(workspace.annotations / "label-2.jsonl", votes(workspace, "human", "h-" + "a" * 12))
    with pytest.raises(ExportError, match="not of the workspace as it is now; build it anew"):
        write_bundle(workspace, workspace.build_folder(), push)


@pytest.mark.parametrize("name", ["annette", "ann@example.org", "h-0123456789AB"])
def test_a_person_with_a_name_keeps_everything_here(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    write_whole(workspace.annotations / "label-2.jsonl", votes(workspace, "human", name))
    built(workspace)
    with pytest.raises(ExportError, match="1 rater is a person") as caught:
        write_bundle(workspace, workspace.build_folder(), tmp_path / "push")
    assert name not in str(caught.value)
    assert not (tmp_path / "push" / "pairwright").exists()


@pytest.mark.parametrize("name", ["pull", "label-2", "forget-other-1"])
def test_a_name_in_any_journal_stops_the_push_though_its_vote_was_edited(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    """Whoever wrote the journal, and whatever came after the vote."""
    if name == "pull":
        name = f"pull-{workspace.pull_folders()[0].name}"
    path, named = workspace.annotations / f"{name}.jsonl", votes(workspace, "human", "annette")
    edits = [
        vote.model_copy(
            update={
                "event_id": content_id(["edit", vote.event_id]),
                "supersedes": vote.event_id,
                "rater": Rater(kind="human", id=PERSON),
            }
        )
        for vote in named
    ]
    write_whole(path, [*named, *edits])
    built(workspace)
    with pytest.raises(ExportError, match="1 rater is a person"):
        write_bundle(workspace, workspace.build_folder(), tmp_path / "push")
    with pytest.raises(BuildError, match=r"'annette' could be a person's name \(in votes\)"):
        refuse_unfit(workspace, workspace.build_folder())


def test_what_was_deleted_leaves_without_its_rater_and_builds_to_the_same_bytes(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Also where an earlier version wrote tombstones that name raters."""
    gone = [
        Event(
            event_id=content_id(["gone", number]),
            at=NOW,
            supersedes=content_id(number),
            deleted=True,
            prompt_id=content_id("a prompt"),
            rater=Rater(kind="human", id="annette"),
        )
        for number in range(3)
    ]
    write_whole(workspace.annotations / "forget-other-1.jsonl", gone)
    before = built(workspace)
    ours = workspace_at(tmp_path / "ours")
    push = pushed(workspace, tmp_path)
    notes = pulled(ours, push).notes
    assert not any("not the lines they were" in note for note in notes)
    back = list(journal.read(ours.annotations / "forget-other-1.jsonl"))
    assert [one.supersedes for one in back] == [one.supersedes for one in gone]
    assert {one.rater.id for one in back} == {"h-000000000000"}
    after = built(ours)
    assert after.manifest.build_id == before.manifest.build_id
    assert tables(after) == tables(before)


@pytest.mark.parametrize(
    "name", ["tokenizer", "/home/somebody/tokenizer", "owner/name", "owner/name@here"]
)
def test_a_build_by_a_tokenizer_that_is_only_here_stays_here(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    report = built(workspace)
    (workspace.root / "owner" / "name@here").mkdir(parents=True)
    path = report.folder / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["settings"]["pairs"]["tokenizer"] = name
    path.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(ExportError, match=r"\[pairs\] tokenizer '.*' is not OWNER/NAME@REVISION"):
        write_bundle(workspace, workspace.build_folder(), tmp_path / "push")
    assert not (tmp_path / "push" / "pairwright").exists()


def test_what_builds_will_run_and_compare_with_is_said(tmp_path: Path) -> None:
    made = create(tmp_path / "theirs", overrides=(ANNA,))
    bench = write_lines(tmp_path / "bench.jsonl", [question("Known?", "Yes")])
    with made.config_path.open("a", encoding="utf-8") as file:
        file.write(f'\n[[decontaminate]]\nname = "A \\u202e bench"\npath = "{bench}"\n')
        file.write('[[filter]]\nname = "short"\nlevel = "candidate"\ndrop_when = "false"\n')
    made = Workspace.open(made.root)
    pulled(made, write_lines(tmp_path / "set.jsonl", [question("Which?", "Red", "Blue")]))
    built(made)
    notes = pulled(workspace_at(tmp_path / "ours"), pushed(made, tmp_path)).notes
    assert r"Builds here now go by its filters 'short'; benchmarks 'A \u202e bench'." in notes


def test_a_medium_that_is_gone_stops_the_push(workspace: Workspace, tmp_path: Path) -> None:
    built(workspace)
    for path in workspace.media.rglob("*.png"):
        path.unlink()
    with pytest.raises(ExportError, match=r"media/ has no [0-9a-f]{64}\.png"):
        write_bundle(workspace, workspace.build_folder(), tmp_path / "push")


def test_a_sealed_journal_comes_back_with_its_events(workspace: Workspace, tmp_path: Path) -> None:
    from tests.support.workspaces import seal

    seal(workspace.annotations / "label-1.jsonl")
    before = tables(built(workspace))
    ours = workspace_at(tmp_path / "ours")
    pulled(ours, pushed(workspace, tmp_path))
    assert (ours.annotations / "label-1.parquet").is_file()
    assert tables(built(ours)) == before


def test_an_edit_of_a_vote_comes_with_it(workspace: Workspace, tmp_path: Path) -> None:
    first = votes(workspace, "human", PERSON)[0]
    edit = Event(
        event_id="f" * 32,
        at=NOW,
        supersedes=first.event_id,
        prompt_id=first.prompt_id,
        rater=first.rater,
        tiers=(tuple(answer.candidate_id for answer in first.answers),),
        verdict="tie",
    )
    write_whole(workspace.annotations / "label-2.jsonl", [edit])
    before = tables(built(workspace))
    ours = workspace_at(tmp_path / "ours")
    pulled(ours, pushed(workspace, tmp_path))
    assert tables(built(ours)) == before


def test_settings_are_those_of_the_build_and_not_of_the_day(
    workspace: Workspace, tmp_path: Path
) -> None:
    given = Workspace.open(workspace.root, ("pairs.seed=7", "score.weights.correctness=0.5"))
    before = built(given)
    ours = workspace_at(tmp_path / "ours")
    pulled(ours, pushed(workspace, tmp_path))
    assert built(ours).manifest.build_id == before.manifest.build_id
