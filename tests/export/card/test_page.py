"""What a card says in words: each figure where it is known, and plainly where it is not."""

from pathlib import Path
from typing import Any

import pytest

from export.card.columns import MEANINGS, VOTE_MEANINGS
from export.card.facts import Cost, Example, Judge, Left, Plot, Raters, Shape, Source, Stage
from schemas.bias import Baselines, BiasReport, Probe
from schemas.exported import VoteRow
from schemas.length import LengthReport, LengthShare
from schemas.pair import PreferencePair
from schemas.quality import Figure, GroupAgreement, Quality
from schemas.rubric import Metric, Rubric
from schemas.trust import Trust
from tests.support.cards import SOURCE, card, manifest, section, texts_only
from tests.support.pairs import pair

NBSP = "\N{NO-BREAK SPACE}"
RIGHT = Figure(value=0.9, low=0.8, high=0.95, n=100)
JUDGE = Judge("judge", "gemini", "gemini-1", 3, 2)
RUBRIC = Rubric(
    name="ours",
    metric=(Metric(name="helpfulness", question="How *useful*?", levels={"0": "not", "4": "all"}),),
)


def said(text: str) -> str:
    return text.replace(NBSP, " ")


def trust(**values: Any) -> Trust:
    base = {"verdict": "proven", "judged_pairs": 5, "drawn": 40, "prompts": 30, "pairs": 60}
    return Trust.model_validate({**base, "decided": 50, **values})


def test_people_are_counted_and_judges_named_with_their_versions(tmp_path: Path) -> None:
    text = section(card(tmp_path, raters=Raters(2, 7, (JUDGE,), 1, 4)), "Who rated")
    assert "| 2 people | - | 7 |" in text
    assert "| `gemini` | `gemini-1` | 3 |" in text
    assert "ids of people in the columns `rater` are pseudonyms" in text
    assert "| 1 rater of a source | - | 4 |" in text


def test_the_authors_words_stand_first_and_stay_words(tmp_path: Path) -> None:
    made = card(tmp_path, title="*Cups*", description="Made up.\n\n<b>No measurements.</b>")
    assert said(made).split("\n---\n\n")[1].split("\n\n")[:3] == [
        r"# \*Cups\*",
        "Made up.",
        "&lt;b&gt;No measurements.&lt;/b&gt;",
    ]


def test_without_a_description_the_set_is_told_by_counts(tmp_path: Path) -> None:
    raters = Raters(2, 7, (JUDGE, JUDGE), 1, 4)
    made = card(tmp_path, raters=raters, shape=Shape(prompts=2, with_media=1, models=3))
    assert said(made).split("\n---\n\n")[1].split("\n\n")[1] == (
        "2 preference pairs. Each is a prompt with one answer that raters prefer and one that they "
        "do not; the build has 2 prompts, 1 of them with pictures or clips, and answers by "
        "3 models, rated by 2 people, 1 judge and 1 rater of a source."
    )


def test_without_people_it_says_so(tmp_path: Path) -> None:
    text = card(tmp_path, raters=Raters(judges=(JUDGE,)))
    assert "**No person rated these pairs.**" in section(text, "Who rated")
    assert "No two people compared" in section(text, "Do people agree?")
    assert "human-feedback" not in text.split("\n---\n")[0]


def test_without_a_judge_it_says_so(tmp_path: Path) -> None:
    text = card(tmp_path, raters=Raters(people=2, people_judgements=3))
    assert "No judge model rated these pairs." in section(text, "Who rated")
    assert section(text, "Can the judge be trusted?").strip() == "No pair is by a judge."
    assert "Judges are models" not in section(text, "Limits")


def test_a_judge_that_nobody_checked_is_not_validated(tmp_path: Path) -> None:
    shape = Shape(prompts=2, levels={"judge": 2})
    text = card(tmp_path, raters=Raters(judges=(JUDGE,)), shape=shape)
    assert "not validated against people" in section(text, "Can the judge be trusted?")
    assert "**The judge agrees with people**: not validated against people" in text


def test_a_judge_held_against_people_stands_with_its_interval(tmp_path: Path) -> None:
    found = trust(accuracy=RIGHT, longer=0.6, bar=0.6, person=RIGHT, judge_with_others=RIGHT)
    shape = Shape(prompts=2, levels={"human": 1, "judge": 1})
    made = card(
        tmp_path, manifest=manifest(trust=found), raters=Raters(2, 1, (JUDGE,)), shape=shape
    )
    text = said(section(made, "Can the judge be trusted?"))
    assert "On 50 comparisons of 30 prompts" in text
    assert "90.0 % (80.0 to 95.0)" in text
    assert "longer answer would be right in 60.0 % of these" in text
    assert "Where the other person prefers one of two answers, a person prefers the same" in text
    assert "over 100 votes of one person" in text
    assert "the 1 pair by judges alone is in the set" in text


def test_of_several_people_most_of_the_others_are_asked(tmp_path: Path) -> None:
    found = trust(accuracy=RIGHT, longer=0.6, bar=0.6, person=RIGHT, judge_with_others=RIGHT)
    made = card(tmp_path, manifest=manifest(trust=found), raters=Raters(3, 1, (JUDGE,)))
    text = section(made, "Can the judge be trusted?")
    assert "Where most of the other people prefer one of two answers" in text


@pytest.mark.parametrize("scaled", [0, 3])
def test_the_calibration_is_shown_where_a_delta_is_made_of_it(tmp_path: Path, scaled: int) -> None:
    plot = Plot("calibration", "Calibration", "What it says.", {})
    made = card(tmp_path, shape=Shape(prompts=2, scaled=scaled), plots=[plot])
    assert ("plots/calibration.png" in made) == bool(scaled)
    assert ("3 pairs have a `delta` by the judge's calibration" in made) == bool(scaled)


def test_one_pair_is_shown_cut_short_and_escaped(tmp_path: Path) -> None:
    shown = Example("a" * 32, "How *many*?", 1, "<b>Three</b> | 3", "x" * 400, 0.375, "human")
    text = section(card(tmp_path, example=shown), "One of the pairs")
    assert text.strip().splitlines() == [
        "| part | what it says |",
        "| --- | --- |",
        r"| question | How \*many\*? (shows 1 picture or clip) |",
        "| chosen | &lt;b&gt;Three&lt;/b&gt; &#124; 3 |",
        f"| rejected | {'x' * 299}… |",
        "| margin | 0.38, where 1 is the widest difference of scores; decided by people |",
        "",
        f"Pair `{'a' * 32}`, of a margin in the middle; long texts are cut.",
    ]
    ranked = Example("a" * 32, "How many?", 0, "Three.", "Two.", None, "source")
    text = section(card(tmp_path / "ranked", example=ranked), "One of the pairs")
    assert "| question | How many? |" in text
    assert "none, since raters only ranked; decided by ratings of the source" in text
    assert "## One of the pairs" not in card(tmp_path / "none")


def test_an_unproven_judges_pairs_are_left_out(tmp_path: Path) -> None:
    found = trust(verdict="unproven", accuracy=RIGHT, longer=0.6, bar=0.85)
    made = card(tmp_path, manifest=manifest(trust=found), raters=Raters(judges=(JUDGE,)))
    assert "**the judge is not proven against people**" in section(
        made, "Can the judge be trusted?"
    )


def test_two_judges_are_held_against_people_together(tmp_path: Path) -> None:
    other = Judge("judge", "other", None, 1, 1)
    found = manifest(trust=trust(accuracy=RIGHT, longer=0.6, bar=0.6))
    text = card(tmp_path, manifest=found, raters=Raters(judges=(JUDGE, other)))
    assert "the judges together prefer" in section(text, "Can the judge be trusted?")
    assert "| `other` | not told | 1 |" in section(text, "Who rated")


def test_a_great_many_judges_are_cut_with_a_count(tmp_path: Path) -> None:
    judges = [Judge("judge", f"model-{n}", "1", 2, 1) for n in range(500)]
    text = section(card(tmp_path, raters=Raters(judges=judges)), "Who rated")
    assert text.count("`model-") == 12
    assert "| and 488 more judges | - | 976 |" in text


def test_agreement_of_people_stands_with_its_interval(tmp_path: Path) -> None:
    group = GroupAgreement(group="human", pair_agreement=RIGHT, tau_b=Figure(value=0.5))
    text = card(tmp_path, quality=Quality(draws=1, votes=9, groups=(group,)))
    assert "90.0 % (80.0 to 95.0) of 100 comparisons" in said(section(text, "Do people agree?"))
    glance = "**Two people agree**: in 90.0 % (80.0 to 95.0) of 100 comparisons that they share"
    assert glance in said(text)


def test_the_rubric_is_told_as_raters_read_it(tmp_path: Path) -> None:
    text = said(section(card(tmp_path, rubric=RUBRIC), "What raters were asked"))
    assert r"| `helpfulness`: How \*useful\*? | 0 to 4 | 1 |" in text
    assert "- `helpfulness`: `0` not; `4` all" in text


@pytest.mark.parametrize(
    ("own", "weights", "told"),
    [(1.0, {}, False), (0.0, {}, True), (1.0, {"helpfulness": 0.0}, True)],
)
def test_a_weight_of_nothing_is_explained_where_one_is_shown(
    tmp_path: Path, own: float, weights: dict[str, float], *, told: bool
) -> None:
    asked = [Metric(name="helpfulness", question="How?", weight=own)]
    rubric = Rubric(name="ours", metric=(*asked, Metric(name="truth", question="True?")))
    made = manifest(settings={"weights": weights, "pairs": {}, "split": {}})
    text = section(card(tmp_path, rubric=rubric, manifest=made), "What raters were asked")
    assert ("A metric of weight 0" in text) == told


def test_a_rubric_whose_words_are_gone_keeps_its_scales(tmp_path: Path) -> None:
    text = said(section(card(tmp_path), "What raters were asked"))
    assert "| `helpfulness` | 0 to 4 | 1 |" in text
    assert "wording that raters read is not at hand" in text


def test_a_licence_that_is_not_known_is_the_readers_to_find_out(tmp_path: Path) -> None:
    sources = [SOURCE, Source("forum|x", None, None, 1, 2, 0)]
    text = section(card(tmp_path, sources=sources), "Where it comes from")
    assert "**The licence of forum&#124;x is not known.**" in text
    assert "find out what its sources allow" in text


def test_several_licences_are_listed_by_source(tmp_path: Path) -> None:
    sources = [SOURCE, Source("forum", "0123456789abcdef", "MIT", 1, 2, 0)]
    text = section(card(tmp_path, sources=sources), "Where it comes from")
    assert "| `survey` | Apache-2.0 | 2 | 4 | 0 | 2 |" in text
    assert "| `forum` at `0123456789a…` | MIT |" in text
    assert "several licences" in text


def test_many_sources_are_cut_with_a_count(tmp_path: Path) -> None:
    sources = [Source(f"s{n}", None, "MIT", 1, 1, 1) for n in range(23)]
    text = section(card(tmp_path, sources=sources), "Where it comes from")
    assert "and 3 more sources." in text


def test_every_step_says_what_left_and_why(tmp_path: Path) -> None:
    stages = [Stage("answers", "dedupe", 10, 8, [Left("duplicate", "the same again", 2)])]
    refused = [Left("over_length", "longer than allowed", 3)]
    found = manifest(counts={"pairs": 5, "ties": 0})
    shape = Shape(prompts=5, levels={"human": 5})
    made = card(tmp_path, stages=stages, refused=refused, manifest=found, shape=shape)
    text = section(made, "What left on the way")
    assert "**Decided by** (of 5 pairs built): people: 5" in made
    assert "those not in the files included" in text
    assert "| answers | `dedupe` | 10 | 2 | 8 |" in text
    assert "| `duplicate`: the same again | 2 | answers |" in text
    assert "| `over_length`: longer than allowed | 3 | pairs, not in the files |" in text


def test_lengths_and_rules_without_a_look_are_told(tmp_path: Path) -> None:
    share = LengthShare(
        pairs=100,
        longer=70,
        equal=5,
        longer_wins=0.7,
        weighted=None,
        chosen_characters=80,
        rejected_characters=40,
    )
    bias = BiasReport(
        overall=Baselines(pairs=100, longer=RIGHT, first=Figure(value=None), model=RIGHT),
        probes={
            "first_shown.human": Probe(figure=RIGHT, neutral=0.5, above=True),
            "refusal.human": Probe(figure=Figure(value=1, n=2), neutral=None),
        },
    )
    found = manifest(length=LengthReport(overall=share), bias=bias)
    text = said(section(card(tmp_path, manifest=found), "What a model could learn besides quality"))
    assert "longer one in 70.0 % of pairs and as long as the other in 5.0 %; medians" in text
    assert "are 80 characters chosen and 40 rejected" in text
    assert "| take the longer answer | 90.0 % (80.0 to 95.0) | 100 |" in text
    assert "take the answer shown first |" not in text
    assert "People take the answer shown first **beyond the limit** |" in text
    assert "refusal" not in text


def test_splits_are_rows_of_files_and_small_ones_are_warned_of(tmp_path: Path) -> None:
    groups = {"groups": 5, "largest": 2}
    found = manifest(groups=groups, settings={"split": {"group_by": "media"}})
    text = card(tmp_path, manifest=found)
    assert "| `default` | `train` | 1 | 1 |" in section(text, "Splits and leakage")
    assert "5 groups, the largest of 2 prompts" in section(text, "Splits and leakage")
    assert "0 prompts or media" in section(text, "Splits and leakage")
    assert "`test` has 1 row: too few to measure with." in section(text, "Limits")


def test_one_split_holds_nothing_back(tmp_path: Path) -> None:
    text = section(card(tmp_path, texts_only()), "Splits and leakage")
    assert "nothing is held back" in text


def test_benchmarks_are_named_and_their_paths_are_not(tmp_path: Path) -> None:
    named = [{"name": "mm-vet", "path": "/home/somebody/mm-vet.jsonl"}]
    found = manifest(
        settings={"decontaminate": named}, dropped={"decontaminate": {"contaminated": 4}}
    )
    text = card(tmp_path, manifest=found)
    assert "Compared with `mm-vet`, by pictures and by texts: 4 rows left." in text
    assert "/home" not in text
    assert "compared with no benchmark" in card(tmp_path / "none")


@pytest.mark.parametrize(
    ("cost", "raters", "told"),
    [
        (Cost(1.5, 2000, 100), Raters(judges=(JUDGE,)), "1.50 USD are recorded for them, 0.7500"),
        (Cost(0, 2000, 100, 0, 1), Raters(judges=(JUDGE,)), "For 1 judge no price was known"),
        (Cost(), Raters(judges=(JUDGE,)), "What the judges took is not recorded."),
        (Cost(hours=2.5), Raters(people=1), "People took 2.5 hours"),
        (Cost(), Raters(people=1), "How long people took is not known"),
        (Cost(), Raters(sources=1), "the ratings came with the sources"),
    ],
)
def test_the_cost_is_what_was_recorded(
    tmp_path: Path, cost: Cost, raters: Raters, told: str
) -> None:
    assert told in section(card(tmp_path, cost=cost, raters=raters), "What it cost")


def test_limits_name_what_rests_on_one_word(tmp_path: Path) -> None:
    found = manifest(warnings=[f"/home/somebody/x{n} *odd*" for n in range(12)])
    shape = Shape(prompts=2, one_rater=1, no_margin=2)
    text = said(section(card(tmp_path, manifest=found, shape=shape), "Limits"))
    assert "50.0 % of pairs rest on the word of one rater" in text
    assert "2 pairs come from ranks alone" in text
    assert r"The build warned: x0 \*odd\*" in text
    assert "and warned of 2 more." in text


def test_columns_are_explained(tmp_path: Path) -> None:
    text = section(card(tmp_path), "What is in it")
    assert "| `prompt_weight` | 1 / pairs of the prompt" in text
    assert "`all-ranked`: every two answers of which raters prefer one" in text


def test_the_set_and_both_papers_can_be_cited(tmp_path: Path) -> None:
    text = section(card(tmp_path, title="Cups {of} $tea", repo="ann/cups"), "Citation")
    assert "@misc{pairsbbbbbbbbbbbb," in text
    assert "title = {Cups of tea}" in text
    assert "url = {https://huggingface.co/datasets/ann/cups}" in text
    own = "http://ann:secret@hub.example/datasets/ann/cups"
    text = section(card(tmp_path / "own", repo="ann/cups", url=own), "Citation")
    assert "url = {http://hub.example/datasets/ann/cups}" in text
    assert "2502.10391" in text
    assert "2402.10884" in text


def test_the_same_facts_make_the_same_card(tmp_path: Path) -> None:
    assert card(tmp_path / "a", [pair()]) == card(tmp_path / "b", [pair()])


def test_every_column_of_the_votes_has_a_meaning() -> None:
    columns = {"prompt" if name == "messages" else name for name in VoteRow.model_fields}
    assert set(VOTE_MEANINGS) == columns


def test_every_column_of_the_pairs_has_a_meaning() -> None:
    assert set(PreferencePair.model_fields) <= set(MEANINGS)


def test_a_set_without_votes_says_nothing_of_them(tmp_path: Path) -> None:
    text = card(tmp_path)
    assert "## The raw votes" not in text
    assert '"votes")' not in section(text, "Load it")
