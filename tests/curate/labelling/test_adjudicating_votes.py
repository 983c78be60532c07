"""What people disagree on: by every two people and every two answers, as a build takes votes."""

from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.labelling.adjudicating_votes import Disputes, disputed_prompts, disputes
from curate.workspace import Workspace
from tests.support.workspaces import Bench

ANSWERS = ("a", "b", "c")
ORDERS = [[["a"], ["b"]], [["b"], ["a"]], [["a", "b"]]]


def ranked(bench: Bench, *orders: Any, prompt: str = "q", **more: Any) -> None:
    """A prompt that as many people ranked as there are orders."""
    bench.prompt(prompt, *dict.fromkeys(it for order in orders for tier in order for it in tier))
    for number, order in enumerate(orders):
        bench.vote(prompt, f"human:r{number}", tiers=order, **more)


def found(
    workspace: Workspace, threshold: float = 0.5, limit: int | None = None
) -> tuple[Disputes, list[Any]]:
    """The counts, and (agreement, answers) of every prompt in dispute."""
    with disputed_prompts(workspace, threshold, limit) as engine:
        rows = engine.connection.execute(
            "select agreement::double, len(string_split(answer_set, ' ')) from wanted order by all"
        ).fetchall()
        return disputes(engine), rows


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [(0, 0, 1.0), (0, 1, 0.0), (0, 2, 0.5), (2, 2, 1.0)],
    ids=["the same", "opposite", "a tie and an order", "two ties"],
)
def test_agreement_of_two_people_on_two_answers(
    bench: Bench, one: int, other: int, agreement: float
) -> None:
    ranked(bench, ORDERS[one], ORDERS[other])
    assert found(bench.write(), threshold=2)[1] == [(agreement, 2)]


def test_scores_speak_where_nobody_ranked(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": 4, "b": 0})
    bench.vote("q", "human:ben", tiers=ORDERS[1])
    assert found(bench.write())[0] == Disputes(compared=1, disputed=1, left_out=0)


def test_one_persons_vote_is_no_dispute(bench: Bench) -> None:
    ranked(bench, ORDERS[0])
    bench.vote("q", "judge:j", tiers=ORDERS[1])
    assert found(bench.write(), threshold=2)[0] == Disputes(compared=0, disputed=0, left_out=0)


def test_what_a_final_vote_decided_is_no_dispute(bench: Bench) -> None:
    ranked(bench, ORDERS[0], ORDERS[1])
    bench.vote("q", "human:eve", tiers=ORDERS[0], final=True)
    assert found(bench.write())[0].disputed == 0


def test_what_was_taken_back_is_no_dispute(bench: Bench) -> None:
    ranked(bench, ORDERS[0], ORDERS[1])
    last = bench.events[-1]
    bench.vote("q", "human:r1", supersedes=last.event_id, deleted=True)
    assert found(bench.write())[0].disputed == 0


def test_a_written_answer_is_not_among_those_shown(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.answer("q", "mine", written=True)
    bench.vote("q", "human:anna", tiers=[["mine"], ["a", "b"]], verdict="all_bad")
    bench.vote("q", "human:ben", tiers=ORDERS[0])
    bench.vote("q", "human:cem", tiers=ORDERS[1])
    assert found(bench.write())[1] == [(pytest.approx(1 / 3), 2)]


def test_answers_that_no_page_holds_are_left_out_and_counted(bench: Bench) -> None:
    many = [[str(number)] for number in range(9)]
    ranked(bench, many, many[::-1])
    assert found(bench.write())[0] == Disputes(compared=1, disputed=1, left_out=1)


@pytest.mark.parametrize(("setting", "disputed"), [("drop", 0), ("adjudicate", 1)])
def test_a_person_who_contradicts_himself_is_adjudicated_where_the_config_says_so(
    bench: Bench, setting: str, disputed: int
) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": 4, "b": 0}, tiers=ORDERS[1])
    workspace = bench.write(f"pairs.on_conflict={setting}")
    assert found(workspace)[0] == Disputes(compared=0, disputed=disputed, left_out=0)


def test_what_a_build_would_drop_as_a_near_copy_is_looked_at(bench: Bench) -> None:
    for prompt in ("How many cups stand on it?", "How many cups stand on it now?"):
        ranked(bench, ORDERS[0], ORDERS[1], prompt=prompt)
    workspace = bench.write("dedupe.prompt_jaccard=0.5", "dedupe.response_jaccard=0.5")
    assert found(workspace)[0] == Disputes(compared=2, disputed=2, left_out=0)


SIGN = st.sampled_from([-1, 0, 1])


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.permutations(ANSWERS).flatmap(lambda it: st.tuples(st.just(it), SIGN)),
        min_size=2,
        max_size=4,
    )
)
def test_agreement_is_what_counting_by_hand_gives(
    tmp_path_factory: pytest.TempPathFactory, orders: list[tuple[list[str], int]]
) -> None:
    tiers = [_tiers(order, cut) for order, cut in orders]
    bench = Bench(Path(tmp_path_factory.mktemp("workspace")))
    ranked(bench, *tiers)
    places = [{it: n for n, tier in enumerate(order) for it in tier} for order in tiers]
    agreed = [
        2 - abs(_sign(one[b] - one[a]) - _sign(other[b] - other[a]))
        for (one, other), (a, b) in product(combinations(places, 2), combinations(ANSWERS, 2))
    ]
    (row,) = found(bench.write(), threshold=2)[1]
    assert row[0] == pytest.approx(sum(agreed) / len(agreed) / 2, abs=1e-6)


def _tiers(order: list[str], cut: int) -> list[list[str]]:
    """The order as it is, or with its first or its last two together."""
    first, second, third = order
    return {
        -1: [[first, second], [third]],
        0: [[first], [second], [third]],
        1: [[first], [second, third]],
    }[cut]


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
