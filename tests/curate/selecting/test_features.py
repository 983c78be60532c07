"""Perceptual features: what looks or reads alike is near, and order and runs do not matter."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from curate.media.store import MediaStore
from curate.selecting.embeddings import vectors
from curate.selecting.pool import opened, read_pool
from tests.support.drawn import jpeg, scene
from tests.support.selecting import chosen, quiet, taken
from tests.support.workspaces import Bench


def features(bench: Bench) -> dict[str, Any]:
    """The vector of every prompt, by its text."""
    texts = {found.prompt_id: text for text, found in bench.prompts.items()}
    workspace = bench.write()
    with opened(workspace, None) as (engine, scratch):
        pool = read_pool(engine)
        found = vectors(engine, workspace, None, len(pool), scratch, quiet)
        rows = np.array(found.matrix)
    ids = [texts[prompt_id] for prompt_id in pool.prompt_ids.to_pylist()]
    return dict(zip(ids, rows, strict=True))


def near(one: Any, other: Any) -> float:
    return float(one @ other)


def test_every_vector_has_length_1(bench: Bench) -> None:
    bench.prompt("How many cups?")
    bench.prompt("Wie viele Tassen? \N{GREEK SMALL LETTER ALPHA}")
    for vector in features(bench).values():
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_texts_that_share_rare_words_are_nearer_than_those_that_share_common_ones(
    bench: Bench,
) -> None:
    for number in range(40):
        bench.prompt(f"what is in the picture number {number}")
    bench.prompt("what is the zebra crossing for")
    bench.prompt("name every zebra crossing")
    bench.prompt("what is the bill in total")
    found = features(bench)
    zebra = found["what is the zebra crossing for"]
    assert near(zebra, found["name every zebra crossing"]) > near(
        zebra, found["what is the bill in total"]
    )


def test_versions_of_a_picture_are_nearer_than_other_pictures(bench: Bench) -> None:
    store = MediaStore(bench.root / "media")
    for name, data in (
        ("one", jpeg(scene(1))),
        ("small", jpeg(scene(1).resize((200, 150)), 50)),
        ("two", jpeg(scene(2))),
    ):
        bench.prompt(f"same words {name}", media=[store.put_picture(data)])
    found = features(bench)
    one, small, two = (found[f"same words {name}"] for name in ("one", "small", "two"))
    assert near(one, small) > near(one, two) + 0.1


def test_the_same_question_on_other_pictures_is_spread_by_the_pictures(bench: Bench) -> None:
    store = MediaStore(bench.root / "media")
    for seed in (1, 2):
        for quality in (30, 50, 70, 90):
            medium = store.put_picture(jpeg(scene(seed), quality))
            prompt = f"Describe. {seed} {quality}"
            bench.prompt(prompt, media=[medium])
    chosen(bench, 2, draw="diversity")
    assert {text.split()[1] for text in taken(bench)} == {"1", "2"}


def test_a_prompt_without_words_and_pictures_has_no_vector(bench: Bench) -> None:
    bench.prompt("?!")
    bench.prompt("words")
    report = chosen(bench, 2)
    assert report.without_embedding == {"missing": 1}
    assert report.selected == 2


def test_looks_are_kept_and_may_be_removed(bench: Bench) -> None:
    store = MediaStore(bench.root / "media")
    bench.prompt("one", media=[store.put_picture(jpeg(scene(1)))])
    bench.prompt("two", media=[store.put_picture(jpeg(scene(2)))])
    chosen(bench, 1)
    first = (bench.root / "selected.parquet").read_bytes()
    kept = list(Path(bench.root / ".cache").rglob("*.parquet"))
    assert kept
    for path in kept:
        path.unlink()
    chosen(bench, 1)
    assert (bench.root / "selected.parquet").read_bytes() == first
