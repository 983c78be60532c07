"""Near texts are grouped as exact similarities of all pairs would group them."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import networkx as nx
import pyarrow as pa
import pytest

from curate.engines.duckdb import DuckDBEngine
from curate.near.texts import COMMON_KEY, keys_for, link_near_texts
from tests.support import shingle_oracle as oracle
from tests.support.near_families import Writer

Groups = set[frozenset[int]]
Edges = dict[tuple[int, int], float]


def link(
    folder: Path, texts: Iterable[str], threshold: float = 0.7, scopes: Iterable[int] = ()
) -> tuple[Groups, Edges]:
    """Groups of two texts and more, and the edges with their similarities."""
    given = list(texts)
    numbers = list(scopes) or [0] * len(given)
    engine = DuckDBEngine(folder, {})
    try:
        table = {"doc_no": range(len(given)), "scope": numbers, "text": given}
        engine.put("given_texts", pa.table(table))
        link_near_texts(engine, "given_texts", threshold)
        groups = defaultdict(set)
        for node, label in engine.connection.sql("from near_labels").fetchall():
            groups[label].add(node)
        edges = engine.connection.sql("select one_no, other_no, similarity from near_edges")
        found = {(one, other): float(similarity) for one, other, similarity in edges.fetchall()}
        return {frozenset(it) for it in groups.values()}, found
    finally:
        engine.close()


def true_edges(texts: list[str], threshold: float) -> set[tuple[int, int]]:
    sets = list(map(oracle.shingles, texts))
    return {
        (one, other)
        for one, other in combinations(range(len(texts)), 2)
        if sets[one]
        and len(sets[one] & sets[other]) >= threshold * len(sets[one] | sets[other]) - 1e-9
    }


def true_groups(texts: list[str], threshold: float) -> Groups:
    graph = nx.Graph(sorted(true_edges(texts, threshold)))
    return {frozenset(it) for it in nx.connected_components(graph)}


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.9])
@pytest.mark.parametrize("seed", [1, 2])
def test_families_are_found_whole_and_nothing_else(
    tmp_path: Path, threshold: float, seed: int
) -> None:
    writer = Writer(seed)
    texts = [" ".join(writer.text(60)) for _ in range(60)]
    for size in (2, 3, 5, 20):
        texts += writer.family(60, size, changes=4)
    writer.chance.shuffle(texts)
    groups, edges = link(tmp_path, texts, threshold)
    truth = true_edges(texts, threshold)
    assert edges.keys() <= truth
    together = {pair for group in groups for pair in combinations(sorted(group), 2)}
    assert len(truth & together) >= 0.99 * len(truth)


def test_every_edge_has_its_exact_similarity(tmp_path: Path) -> None:
    texts = list(Writer(3).family(40, 12, changes=3))
    _, edges = link(tmp_path, texts, 0.5)
    assert edges
    for (one, other), similarity in edges.items():
        assert similarity == pytest.approx(oracle.jaccard(texts[one], texts[other]), abs=1e-6)


def test_a_family_larger_than_a_key_may_be_common_is_one_group(tmp_path: Path) -> None:
    writer = Writer(4)
    others = [" ".join(writer.text(50)) for _ in range(50)]
    texts = [*writer.family(80, 5 * COMMON_KEY, changes=4), *others]
    groups, _ = link(tmp_path, texts)
    assert groups == true_groups(texts, 0.7)


def test_a_template_with_another_name_each_time_is_one_group(tmp_path: Path) -> None:
    texts = list(Writer(5).template(40, 4 * COMMON_KEY))
    groups, _ = link(tmp_path, texts)
    assert groups == {frozenset(range(len(texts)))}


def test_families_that_share_a_long_opening_stay_apart(tmp_path: Path) -> None:
    writer = Writer(6)
    opening = " ".join(writer.text(15))
    texts = []
    for _ in range(40):
        texts += [f"{opening} {text}" for text in writer.family(50, 4, changes=2)]
    groups, _ = link(tmp_path, texts)
    assert groups == true_groups(texts, 0.7)
    assert len(groups) == 40


def test_the_same_words_thousands_of_times_are_one_group(tmp_path: Path) -> None:
    texts = ["I cannot help with that.", "i cannot help with that"] * 1000
    groups, edges = link(tmp_path, texts)
    assert groups == {frozenset(range(2000))}
    assert len(edges) == 1999


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        (["yes", "Yes.", "no"], {frozenset({0, 1})}),
        (["two cups", "two cups!", "two"], {frozenset({0, 1})}),
        (["a b c d e f g", "a b c d e f", "a b c"], {frozenset({0, 1})}),
        (["...", "!!!", ""], set()),
        (["猫が二匹います。", "猫が二匹います", "犬が一匹います。"], {frozenset({0, 1})}),
    ],
)
def test_short_texts_have_a_way_of_their_own(
    tmp_path: Path, texts: list[str], groups: Groups
) -> None:
    assert link(tmp_path, texts)[0] == groups


def test_texts_of_different_scopes_are_never_joined(tmp_path: Path) -> None:
    texts = ["one two three four five"] * 4
    groups, _ = link(tmp_path, texts, scopes=[1, 2, 1, 2])
    assert groups == {frozenset({0, 2}), frozenset({1, 3})}


def test_no_texts_have_no_groups(tmp_path: Path) -> None:
    assert link(tmp_path, []) == (set(), {})


@pytest.mark.parametrize(("threshold", "keys"), [(0.7, 8), (0.9, 5), (0.5, 13)])
def test_a_sketch_is_as_large_as_the_threshold_needs(threshold: float, keys: int) -> None:
    assert keys_for(threshold) == keys
