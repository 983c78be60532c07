"""Laws of a choice over random task types, clusters and holes in what is known."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from curate.selecting.choosing import TypeChoice, choose
from curate.selecting.draws import numbers_of
from curate.selecting.strata import NO_CLUSTER, Known

TYPES = ("long", "mcq", "short")
DRAWN = {"cluster": "clusters", "distance": "matrix", "votes": "scores"}


@st.composite
def situations(draw: st.DrawFn) -> tuple[dict[str, Any], int, dict[str, float], Known]:
    """Prompts by type, a number, a ratio and what is known, some prompts without anything."""
    size = draw(st.integers(1, 60))
    basis = draw(st.sampled_from(sorted(DRAWN)))
    random = np.random.default_rng(draw(st.integers(0, 1000)))
    kinds = random.choice(TYPES[: draw(st.integers(1, 3))], size)
    bases = np.where(random.random(size) < 0.8, basis, "chance").astype(object)
    vectors = random.normal(size=(size, 3))
    units = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    clusters = np.where(bases == "chance", NO_CLUSTER, random.integers(0, 5, size))
    known = Known(
        numbers_of([f"{number:032x}" for number in range(size)], 0),
        bases,
        clusters=clusters,
        matrix=units,
        scores=random.integers(0, 4, size),
    )
    by_type = {kind: np.flatnonzero(kinds == kind) for kind in TYPES if (kinds == kind).any()}
    ratio = draw(st.dictionaries(st.sampled_from(TYPES), st.integers(1, 5).map(float)))
    return by_type, draw(st.integers(0, 80)), ratio, known


def places(choice: TypeChoice) -> list[int]:
    return [place for picked in choice.picked for place in picked.places.tolist()]


@given(situations())
def test_every_type_gives_what_is_wanted_or_all_it_has_and_each_prompt_once(
    given: tuple[dict[str, Any], int, dict[str, float], Known],
) -> None:
    by_type, count, ratio, known = given
    types = choose(by_type, count, ratio, known)
    assert sum(it.wanted for it in types) == count
    for choice in types:
        own = by_type.get(choice.task_type, np.empty(0, np.int64)).tolist()
        taken = places(choice)
        assert len(taken) == len(set(taken)) == min(choice.wanted, len(own))
        assert set(taken) <= set(own)


@given(situations())
def test_each_stratum_gives_its_share_within_one(
    given: tuple[dict[str, Any], int, dict[str, float], Known],
) -> None:
    for choice in choose(*given):
        for picked in choice.picked:
            share = choice.taken * picked.there / choice.there
            assert abs(len(picked.places) - share) < 1


@given(situations())
def test_clusters_give_equally_many_unless_they_are_exhausted(
    given: tuple[dict[str, Any], int, dict[str, float], Known],
) -> None:
    by_type, _, _, known = given
    for choice in choose(*given):
        for picked in choice.picked:
            if picked.basis != "cluster":
                continue
            own = by_type[choice.task_type]
            assert known.clusters is not None
            there = known.clusters[own][known.bases[own] == "cluster"]
            taken = {label: int((picked.clusters == label).sum()) for label in set(there.tolist())}
            sizes = {label: int((there == label).sum()) for label in taken}
            open_ones = [taken[label] for label in taken if taken[label] < sizes[label]]
            if open_ones:
                assert max(taken.values()) <= min(open_ones) + 1


@given(situations())
def test_the_greatest_scores_are_taken_first(
    given: tuple[dict[str, Any], int, dict[str, float], Known],
) -> None:
    by_type, _, _, known = given
    for choice in choose(*given):
        for picked in choice.picked:
            if picked.basis == "votes":
                assert known.scores is not None
                own = by_type[choice.task_type]
                left = set(own[known.bases[own] == "votes"].tolist()) - set(picked.places.tolist())
                assert (np.diff(picked.scores) <= 0).all()
                if left and len(picked.places):
                    assert picked.scores[-1] >= max(known.scores[place] for place in left)


@given(situations())
def test_more_are_the_same_and_some_on_top_for_one_type(
    given: tuple[dict[str, Any], int, dict[str, float], Known],
) -> None:
    """The first places of a larger draw of one type without holes are the smaller draw."""
    by_type, count, _, known = given
    kind = min(by_type)
    own = by_type[kind]
    if (known.bases[own] == "chance").any() or known.bases[own[0]] == "cluster":
        return
    (less,), (more,) = (
        choose({kind: own}, count, {}, known),
        choose({kind: own}, count + 5, {}, known),
    )
    assert places(more)[: len(places(less))] == places(less)
