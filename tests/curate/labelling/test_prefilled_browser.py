"""With --preannotate annotators begin with the judge's scores in their own browser; else not."""

from pathlib import Path

import pytest

from annotate.label_studio import names
from curate.labelling import pulling
from curate.workspace import Workspace
from tests.support.label_studio import Live
from tests.support.labeller import Labeller
from tests.support.pulling import events_of
from tests.support.pushing import Site

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

CHOSEN = ".ant-checkbox-wrapper-checked"


@pytest.fixture
def site(live: Live, tmp_path: Path) -> Site:
    """One prompt whose answers a judge scored in two orders: 4 and 3 against 1 and 0."""
    found = Site.of(live, tmp_path / "work")
    found.ask(1, "the good one", "the poor one")
    prompt = next(iter(found.bench.prompts))
    for order, (good, poor) in enumerate([(4, 1), (3, 0)]):
        scores = {"the good one": {"good": good}, "the poor one": {"good": poor}}
        found.bench.vote(prompt, "judge:j", scores, order_no=order)
    return found


def chosen(labeller: Labeller) -> list[str]:
    """What stands on the pressed buttons, without their keys."""
    texts = labeller.page.locator(CHOSEN).all_inner_texts()
    return [text.partition("[")[0].strip() for text in texts]


def test_buttons_are_prefilled_and_a_confirmed_prediction_is_a_vote(
    site: Site, labeller: Labeller
) -> None:
    ran = site.pushed("--preannotate")
    assert ran["prefilled"] == 1
    (project,) = site.projects()
    labeller.open(project.id)
    assert sorted(chosen(labeller)) == ["1", "1", "2", "4", names.RANKED]
    assert labeller.submit() is None
    workspace = Workspace.open(site.bench.root)
    pulling.pull(workspace, {})
    (event,) = (it for it in events_of(workspace) if it.rater.kind == "human")
    texts = {it.candidate_id: it.response for it in site.bench.candidates.values()}
    assert [[texts[it] for it in tier] for tier in event.tiers or ()] == [
        ["the good one"],
        ["the poor one"],
    ]
    assert {texts[it.candidate_id]: it.scores["good"] for it in event.answers} == {
        "the good one": 4,
        "the poor one": 1,
    }


def test_without_the_option_no_score_is_prefilled(site: Site, labeller: Labeller) -> None:
    assert site.pushed()["prefilled"] == 0
    (project,) = site.projects()
    labeller.open(project.id)
    assert chosen(labeller) == [names.RANKED]
