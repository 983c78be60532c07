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
