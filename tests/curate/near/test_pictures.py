"""Versions of a picture come into one group; pictures that only share a frame do not."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from curate.engines.duckdb import DuckDBEngine
from curate.kernels.looks import grids, hashes
from curate.kernels.thumbnails import thumbnail
from curate.near.pictures import link_pictures
from curate.parameters import RADIUS
from tests.support.drawn import chart, jpeg, page, png, scene, versions


def looks_of(files: list[bytes]) -> pa.Table:
    seen = [thumbnail(data) for data in files]
    squares = np.array([square for square, _, _ in seen])
    found: dict[str, Any] = {
        "picture_no": np.arange(len(files)),
        "hashes": pa.array(list(hashes(squares))),
        "grids": pa.array([it.tobytes() for it in grids(squares)]),
        "width": [width for _, width, _ in seen],
        "height": [height for _, _, height in seen],
    }
    return pa.table(found)


def link(folder: Path, files: list[bytes]) -> tuple[dict[int, int], set[tuple[int, int, bool]]]:
    """Each picture's group, of those that have one, and the edges."""
    engine = DuckDBEngine(folder, {})
    try:
        engine.put("given_looks", looks_of(files))
        link_pictures(engine, "select * from given_looks", RADIUS)
        labels = dict(engine.connection.sql("from look_labels").fetchall())
        return labels, set(engine.connection.sql("from look_edges").fetchall())
    finally:
        engine.close()


def test_versions_of_pictures_are_found_and_no_two_pictures_are_mixed(tmp_path: Path) -> None:
    files, owners, names = [], [], []
    for number in range(40):
        picture = scene(number)
        for name, data in [("itself", png(picture)), *versions(picture)]:
            files.append(data)
            owners.append(number)
            names.append(name)
    labels, _ = link(tmp_path, files)
    groups = defaultdict(set)
    for place, label in labels.items():
        groups[label].add(owners[place])
    assert all(len(found) == 1 for found in groups.values())
    itself = {owners[place]: label for place, label in labels.items() if names[place] == "itself"}
    found = [
        labels.get(place, -1) == itself.get(owner)
        for place, owner in enumerate(owners)
        if names[place] != "itself"
    ]
    assert sum(found) >= 0.98 * len(found)


@pytest.mark.parametrize(("draw", "count"), [(chart, 500), (page, 200)])
def test_charts_and_pages_do_not_collapse(tmp_path: Path, draw: Any, count: int) -> None:
    labels, edges = link(tmp_path, [png(draw(seed)) for seed in range(count)])
    assert (labels, edges) == ({}, set())


@pytest.mark.parametrize("draw", [chart, page])
def test_a_chart_sent_again_is_found(tmp_path: Path, draw: Any) -> None:
    picture = draw(3)
    small = picture.resize((picture.width // 2, picture.height // 2))
    others = [png(draw(seed)) for seed in range(10, 20)]
    labels, _ = link(tmp_path, [png(picture), jpeg(picture, 60), jpeg(small), *others])
    assert set(labels) == {0, 1, 2}


def test_an_edge_says_whether_the_picture_is_mirrored(tmp_path: Path) -> None:
    kinds = dict(versions(scene(9)))
    files = [png(scene(9)), kinds["mirrored"], kinds["half size"]]
    _, edges = link(tmp_path, files)
    assert edges == {(0, 1, True), (0, 2, False), (1, 2, True)}


def test_pictures_of_other_proportions_are_others(tmp_path: Path) -> None:
    picture = scene(10)
    labels, _ = link(tmp_path, [png(picture), png(picture.resize((900, 300)))])
    assert labels == {}


def test_what_looks_like_nothing_is_joined_to_nothing(tmp_path: Path) -> None:
    table = looks_of([png(scene(1))] * 3)
    for name in ("hashes", "grids"):
        place = table.schema.get_field_index(name)
        column = table.column(name)
        nulls = pa.array([None, None, column[2].as_py()], column.type)
        table = table.set_column(place, name, nulls)
    engine = DuckDBEngine(tmp_path, {})
    engine.put("given_looks", table)
    link_pictures(engine, "select * from given_looks", RADIUS)
    assert engine.count("look_labels") == 0
    engine.close()
