"""DESIGN 5.5: answers an annotator wrote come with the event that ranks them."""

from tests.support.workspaces import MM_RLHF, Bench, outcome, reasons, rows

ORIGINALS = "abcd"


def _written(bench: Bench, prompt: str, *, better: bool = False, worse: bool = False) -> None:
    """Equal originals with a written better answer, a flawed copy, or both by two people."""
    bench.config = MM_RLHF
    bench.prompt(prompt, *ORIGINALS)
    if better:
        bench.answer(prompt, "better", written=True)
        bench.vote(prompt, "human:1", tiers=[["better"], ORIGINALS], verdict="all_bad")
    if worse:
        bench.answer(prompt, "worse", written=True)
        bench.vote(prompt, "human:2", tiers=[ORIGINALS, ["worse"]], verdict="all_good")


def test_a_written_better_answer_is_above_every_original_in_two_pairs(bench: Bench) -> None:
    """Of better > a, b, c, d two are kept and two are over the cap."""
    _written(bench, "q", better=True)
    report = bench.build()
    pairs = outcome(report)
    assert {chosen for chosen, _ in pairs} == {"better"}
    assert len({rejected for _, rejected in pairs} & set(ORIGINALS)) == 2
    assert reasons(report) == ["over_cap"] * 2


def test_a_flawed_copy_is_below_every_original_in_two_pairs(bench: Bench) -> None:
    _written(bench, "q", worse=True)
    report = bench.build()
    pairs = outcome(report)
    assert {rejected for _, rejected in pairs} == {"worse"}
    assert len({chosen for chosen, _ in pairs} & set(ORIGINALS)) == 2
    assert reasons(report) == ["over_cap"] * 2


def test_each_case_has_two_pairs_of_its_own(bench: Bench) -> None:
    """One person found all bad and one all good: two pairs above, two below."""
    _written(bench, "q", better=True, worse=True)
    pairs = outcome(bench.build())
    assert len([pair for pair in pairs if pair[0] == "better"]) == 2
    assert len([pair for pair in pairs if pair[1] == "worse"]) == 2


def test_pairs_of_originals_are_not_capped(bench: Bench) -> None:
    bench.config = MM_RLHF
    bench.prompt("q", *ORIGINALS)
    bench.answer("q", "better", written=True)
    bench.vote("q", tiers=[["better"], ["a"], ["b"], ["c"], ["d"]])
    report = bench.build()
    assert len([pair for pair in outcome(report) if pair[0] != "better"]) == 6
    assert len([pair for pair in outcome(report) if pair[0] == "better"]) == 2


def test_the_pairs_kept_are_drawn_by_seed(bench: Bench) -> None:
    """Over 20 prompts every original is kept somewhere, and the same ones on every build."""
    for number in range(20):
        _written(bench, f"q{number}", better=True)
    first = rows(bench.build(), "pairs")
    assert {row["rejected"] for row in first} == set(ORIGINALS)
    assert rows(bench.build(force=True), "pairs") == first
    assert rows(bench.build("pairs.seed=1"), "pairs") != first


def test_a_written_answer_has_no_model(bench: Bench) -> None:
    _written(bench, "q", better=True)
    assert {tuple(row["chosen_models"]) for row in rows(bench.build(), "pairs")} == {()}


def test_equals_by_verdict_alone_are_ties_of_the_sampled_answers(bench: Bench) -> None:
    """`all_good` without an order puts the listed originals into one tier."""
    bench.config = MM_RLHF
    bench.prompt("q", "a", "b", "c")
    bench.vote("q", scores={answer: {} for answer in "abc"}, verdict="all_good")
    report = bench.build()
    assert (len(outcome(report)), len(outcome(report, "ties"))) == (0, 3)
