"""Two builds side by side: what was added, lost and flipped, and the setting that caused it."""

from typing import Any

import pytest

from curate.diffing import Difference, diff
from curate.workspace import Workspace
from schemas.errors import WorkspaceError
from tests.support.cli import curate
from tests.support.workspaces import Bench, five


@pytest.fixture
def voted(bench: Bench) -> Bench:
    """Three prompts whose best answer leads by 2, 4 and 6."""
    for lead in (2, 4, 6):
        bench.prompt(f"q{lead}", "good", "bad")
        bench.vote(f"q{lead}", scores={"good": five(3 + lead), "bad": five(3)})
    return bench


def compare(bench: Bench, a: tuple[str, ...], b: tuple[str, ...]) -> Difference:
    ids = [bench.build(*settings).manifest.build_id for settings in (a, b)]
    return diff(Workspace.open(bench.root), *ids)


def causes(found: Difference) -> set[tuple[str, str, str, str]]:
    return {(it.change, it.step, it.reason, it.setting) for it in found.changes}


def test_a_higher_margin_loses_pairs_and_is_named(voted: Bench) -> None:
    found = compare(voted, ("pairs.min_margin=2",), ("pairs.min_margin=5",))
    assert (found.same, len(found.changes)) == (1, 2)
    assert causes(found) == {("lost", "pair", "below_margin", "pairs.min_margin")}
    assert found.settings == {"pairs.min_margin": (2.0, 5.0)}


def test_the_other_way_round_they_are_added(voted: Bench) -> None:
    found = compare(voted, ("pairs.min_margin=5",), ("pairs.min_margin=2",))
    assert causes(found) == {("added", "pair", "below_margin", "pairs.min_margin")}


def test_a_filter_that_takes_a_prompt_is_the_cause(voted: Bench) -> None:
    rule = "filter=[{name = 'six', level = 'candidate', drop_when = \"response = 'bad'\"}]"
    found = compare(voted, (), (rule,))
    assert causes(found) == {("lost", "filter", "filter:six", "filter")}


def test_new_votes_flip_a_pair(voted: Bench) -> None:
    first = voted.build().manifest.build_id
    for rater in ("human:ben", "human:cid"):
        voted.vote("q6", rater, {"bad": five(9), "good": five(3)})
    second = voted.build().manifest.build_id
    found = diff(Workspace.open(voted.root), first, second)
    assert causes(found) == {("flipped", "pair", "votes", "votes and pulls")}
    assert found.same == 2
    assert any(path.startswith("annotations/") for path in found.inputs)


def test_a_pair_that_became_a_tie_says_so(voted: Bench) -> None:
    first = voted.build().manifest.build_id
    voted.vote("q6", "human:ben", tiers=[["good", "bad"]])
    voted.vote("q6", "human:anna", tiers=[["good", "bad"]])
    found = diff(Workspace.open(voted.root), first, voted.build().manifest.build_id)
    assert {it.reason for it in found.changes} <= {"tie", "no_consensus", "conflict"}
    assert {it.change for it in found.changes} == {"lost"}


def test_a_build_beside_itself_has_no_difference(voted: Bench) -> None:
    found = compare(voted, (), ())
    assert (found.same, found.changes, found.settings, found.inputs) == (3, (), {}, ())


def test_an_unknown_build_is_named(voted: Bench) -> None:
    voted.build()
    with pytest.raises(WorkspaceError, match="build 'nowhere' unknown"):
        diff(Workspace.open(voted.root), "nowhere", "nowhere")


def test_people_read_counts_by_cause_and_programs_all(voted: Bench) -> None:
    ids = [
        voted.build(setting).manifest.build_id
        for setting in ("pairs.min_margin=2", "pairs.min_margin=5")
    ]
    said = curate("diff", ids[0][:12], ids[1][:12], "-C", voted.root)
    assert "1 pair the same, 0 added, 2 lost, 0 flipped." in said.out
    assert "pairs.min_margin" in said.out
    found: Any = curate("diff", *ids, "-C", voted.root, "--json").json
    assert (found["same"], found["lost"], len(found["changes"])) == (1, 2, 2)


def test_what_of_a_near_copy_was_near_names_its_setting(bench: Bench) -> None:
    text = " ".join(f"word{number}" for number in range(40))
    bench.prompt("answers", text, f"{text} more", "another one")
    bench.vote("answers", scores={text: five(8), f"{text} more": five(8), "another one": five(2)})
    for end in ("", " please"):
        asked = f"{text}{end}?"
        bench.prompt(asked, f"yes{end}", f"no{end}")
        bench.vote(asked, scores={f"yes{end}": five(8), f"no{end}": five(2)})
    both = ("dedupe.response_jaccard=0.7", "dedupe.prompt_jaccard=0.7", "pairs.policy=all-ranked")
    found = compare(bench, ("pairs.policy=all-ranked",), both)
    assert causes(found) == {
        ("lost", "dedupe", "near_duplicate", "dedupe.response_jaccard"),
        ("lost", "dedupe", "near_duplicate", "dedupe.prompt_jaccard"),
    }
