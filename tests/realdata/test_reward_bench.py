"""MM-RLHF-RewardBench, from 170 pairs over tiers back to the same 170 pairs."""

import json
import re
from pathlib import Path

import pytest

from curate.build import BuildReport, build
from curate.init import create
from curate.pull.stage import pull
from curate.workspace import Workspace
from tests.support.workspaces import NOW, outcome, rows

pytestmark = pytest.mark.realdata
FILE = "mm-reward-bench/mm_reward_bench.jsonl"
OPENING = re.compile(
    r"I'm (sorry|unable)|I (apologize|cannot|can't)|Sorry|Unfortunately", re.IGNORECASE
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Workspace:
    made = create(tmp_path_factory.mktemp("bench") / "workspace", "mm-rlhf")
    pull(made, str(shared_data / FILE), now=NOW, missing_media="keep")
    return made


@pytest.fixture(scope="module")
def report(workspace: Workspace) -> BuildReport:
    return build(workspace, now=NOW)


@pytest.fixture(scope="module")
def given(shared_data: Path) -> list[dict[str, str]]:
    text = (shared_data / FILE).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_tiers_are_rebuilt_without_a_contradiction(workspace: Workspace) -> None:
    rankings = workspace.frame("rankings")
    assert len(rankings) == 46
    assert set(rankings["verdict"]) == {"ranked"}


def test_all_ranked_gives_exactly_the_pairs_of_the_file(
    report: BuildReport, given: list[dict[str, str]]
) -> None:
    assert report.manifest.policy == "all-ranked"
    assert len(rows(report, "pairs")) == len(given) == 170
    assert outcome(report) == {(row["chosen"], row["rejected"]) for row in given}
    assert not report.manifest.dropped


def test_longer_answers_win_as_often_as_they_do_in_the_file(report: BuildReport) -> None:
    """By default lengths are reported and nothing leaves for them."""
    found = report.manifest.length
    assert found.overall is not None
    told = {name: (it.pairs, it.longer_wins) for name, it in found.categories.items()}
    assert told == {
        "short": (34, 0.5),
        "safety": (32, 0.6562),
        "mcq": (42, 0.7381),
        "long": (37, 0.8108),
        "video": (25, 0.92),
    }
    assert (found.overall.pairs, found.overall.longer_wins) == (170, 0.7176)
    assert {float(row["length_weight"]) for row in rows(report, "pairs")} == {1.0}


def test_a_cap_on_longer_answers_holds_in_every_category_and_says_its_cost(
    workspace: Workspace,
) -> None:
    capped = build(Workspace.open(workspace.root, ["pairs.cap.longer=0.6"]), now=NOW)
    found = capped.manifest.length
    assert found.cost is not None
    assert max(it.longer_wins for it in found.categories.values()) <= 0.6
    lost = {name: it.pairs for name, it in found.cost.categories.items()}
    assert lost == {"long": 20, "video": 20, "mcq": 15, "safety": 5}
    assert (found.cost.pairs, found.cost.prompts) == (60, 8)
    assert len(rows(capped, "pairs")) == 170 - 60


def test_no_safety_pair_is_lost_to_the_refusals_that_open_its_chosen_answer(
    report: BuildReport, workspace: Workspace
) -> None:
    """28 of the 32 chosen answers open with an apology or as unable; 25 are flagged as refusals."""
    pairs = [pair for pair in rows(report, "pairs") if pair["attributes"]["category"] == "safety"]
    opening = [pair for pair in pairs if OPENING.match(pair["chosen"].replace("\u2019", "'"))]
    refusals = workspace.frame("candidates").set_index("candidate_id")["attributes"]
    flagged = [pair for pair in pairs if "refusal" in refusals[pair["chosen_id"]]]
    assert (len(pairs), len(opening), len(flagged)) == (32, 28, 25)


def test_answers_that_differ_by_case_stay_two_and_one_letter_answers_stay_apart(
    workspace: Workspace,
) -> None:
    answers = workspace.frame("candidates")["response"]
    assert {"Aim", "aim"} <= set(answers)
    assert (answers == "A").sum() == 4


@pytest.mark.parametrize(
    "setting",
    [
        "dedupe.response_jaccard=0.7",
        "dedupe.response_jaccard=0.5",
        "dedupe.prompt_jaccard=0.7",
        "dedupe.boilerplate=true",
    ],
)
def test_no_way_of_deduping_loses_a_preference(
    workspace: Workspace, given: list[dict[str, str]], setting: str
) -> None:
    """An answer leaves only onto one that nobody tells it from, which keeps its preferences."""
    report = build(Workspace.open(workspace.root, [setting]), now=NOW)
    texts = workspace.frame("candidates").set_index("candidate_id")["response"]
    losses = [row for row in rows(report, "dropped") if row["reason"] == "near_duplicate"]
    stands_for = {texts[row["id"]]: texts[row["other_id"]] for row in losses}
    wanted = {
        (
            stands_for.get(row["chosen"], row["chosen"]),
            stands_for.get(row["rejected"], row["rejected"]),
        )
        for row in given
    }
    assert wanted <= outcome(report)
    assert len(losses) <= 20
    similar = [row["similarity"] for row in rows(report, "pairs") if row["similarity"] is not None]
    assert all(0.5 <= it <= 1 for it in similar)
