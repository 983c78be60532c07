"""Where raters disagree most; where nobody can be compared, where answers differ most."""

from decimal import Decimal

from tests.support.routing import judged
from tests.support.selecting import chosen, taken, typed
from tests.support.workspaces import Bench, five


def scores(bench: Bench) -> dict[str, tuple[str, Decimal | None]]:
    return {text: (row["basis"], row["score"]) for text, row in taken(bench).items()}


def test_prompts_on_which_people_disagree_come_first(bench: Bench) -> None:
    for name, other in (("agreed", {"a": 9, "b": 3}), ("split", {"a": 3, "b": 9})):
        bench.prompt(name, "a", "b")
        bench.vote(name, "human:anna", {"a": five(9), "b": five(3)})
        bench.vote(name, "human:ben", {text: five(total) for text, total in other.items()})
    chosen(bench, 1, draw="disagreement")
    assert scores(bench) == {"split": ("votes", Decimal(1))}


def test_a_tie_is_half_a_disagreement(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": five(9), "b": five(3)})
    bench.vote("q", "judge:j", {"a": five(5), "b": five(5)})
    chosen(bench, 1, draw="disagreement")
    assert scores(bench) == {"q": ("votes", Decimal("0.5"))}


def test_a_judge_whose_orders_contradict_each_other_disagrees_with_itself(bench: Bench) -> None:
    judged(bench, "steady", {"a": 9, "b": 3}, {"a": 9, "b": 3})
    judged(bench, "torn", {"a": 9, "b": 3}, {"a": 3, "b": 9})
    chosen(bench, 2, draw="disagreement")
    assert scores(bench) == {"steady": ("votes", Decimal(0)), "torn": ("votes", Decimal(1))}


def test_without_votes_the_prompts_whose_answers_differ_most_are_taken(bench: Bench) -> None:
    words = "one two three four five six seven eight"
    bench.prompt("alike", words, f"{words} nine")
    bench.prompt("apart", words, "red green blue white black grey")
    chosen(bench, 1, draw="disagreement")
    assert scores(bench) == {"apart": ("answers", Decimal(1))}


def test_three_answers_differ_by_the_mean_of_their_pairs(bench: Bench) -> None:
    bench.prompt("q", "one two three four", "one two three five", "six seven eight nine")
    chosen(bench, 1, draw="disagreement")
    ((basis, score),) = scores(bench).values()
    assert basis == "answers"
    assert score is not None
    assert abs(float(score) - (1 - 1 / 3 + 1 + 1) / 3) < 1e-5


def test_votes_answers_and_chance_each_have_their_share(bench: Bench) -> None:
    typed(bench, short=10)
    for number in range(10):
        bench.prompt(f"two {number}", "a b c", "d e f")
    for number in range(10):
        judged(bench, f"voted {number}", {"a": 9, "b": 3}, {"a": 3, "b": number})
    report = chosen(bench, 9, draw="disagreement")
    assert report.by_basis() == {"answers": 3, "chance": 3, "votes": 3}
