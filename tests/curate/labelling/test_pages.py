"""What of the rubric a page asks, and what its tasks say of that."""

from pathlib import Path

import pytest

from annotate.label_studio import names
from annotate.label_studio.pull import vote_of
from annotate.label_studio.pull_about import about_of
from annotate.label_studio.shape import Shape
from curate.labelling.pages import data_maker, page_of
from curate.labelling.served_media import ServedMedia
from curate.labelling.task_texts import Wanted
from curate.workspace import Workspace
from tests.support.annotations import annotation, choices
from tests.support.workspaces import Bench

WEIGHTED = 'label_studio.metrics="weighted"'
COUNTING = ("helpfulness", "correctness", "coherence")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A workspace with a prompt of two answers, by the rubric of five metrics."""
    bench = Bench(tmp_path)
    bench.prompt("Which?", "This.", "That.")
    bench.write()
    return bench


@pytest.fixture
def root(bench: Bench) -> Path:
    """Its folder."""
    return bench.root


def test_people_score_every_metric_until_told_otherwise(root: Path) -> None:
    workspace = Workspace.open(root)
    assert page_of(workspace, Shape(answers=2), 1, "work").rubric == workspace.rubric


def test_metrics_without_weight_are_on_no_page_that_asks_for_what_counts(root: Path) -> None:
    workspace, whole = Workspace.open(root, [WEIGHTED]), Workspace.open(root)
    page, other = (page_of(it, Shape(answers=2), 1, "work") for it in (workspace, whole))
    assert tuple(metric.name for metric in page.rubric.metric) == COUNTING
    assert "complexity" in other.xml
    assert "complexity" not in page.xml + page.told
    assert page.key != other.key


def test_the_weights_that_the_settings_put_over_the_rubrics_decide(root: Path) -> None:
    overrides = [WEIGHTED, "score.weights.verbosity=1", "score.weights.coherence=0"]
    page = page_of(Workspace.open(root, overrides), Shape(answers=2), 1, "work")
    found = {metric.name for metric in page.rubric.metric}
    assert found == {"helpfulness", "correctness", "verbosity"}


def test_a_vote_on_what_counts_is_whole_and_under_the_workspaces_rubric(bench: Bench) -> None:
    workspace = Workspace.open(bench.root, [WEIGHTED])
    wanted = Wanted(bench.prompts["Which?"], [*bench.candidates.values()], raters=1)
    data = data_maker(workspace, ServedMedia(workspace, None), 0, {})(wanted)
    about = about_of({"data": data})
    assert about is not None
    assert about.rubric_id == workspace.rubric.rubric_id
    scored = [choices(names.score(letter, it), "3") for letter in "ab" for it in COUNTING]
    vote = vote_of(about, annotation(*scored), str)
    assert vote.faults == ()
    assert vote.event is not None
    assert [set(it.scores) for it in vote.event.answers] == [{*COUNTING}] * 2
