"""1,000 photos, and 500 charts, under one question: none is tied to another."""

from curate.media.store import MediaStore
from schemas.candidate import Medium
from tests.support.drawn import chart, jpeg, png, scene
from tests.support.shown import ask
from tests.support.workspaces import Bench

QUESTION = "Describe this photo in detail"


def asked_of(bench: Bench, media: list[Medium]) -> None:
    for place, medium in enumerate(media):
        ask(bench, QUESTION + " " * place, medium)


def test_one_question_on_a_thousand_photos_joins_none(bench: Bench, store: MediaStore) -> None:
    asked_of(bench, [store.put_picture(jpeg(scene(seed))) for seed in range(1_000)])
    found = bench.build("split.test=0.1").manifest
    assert found.groups == {"groups": 1_000, "largest": 1}
    assert found.splits == {"test": 100, "train": 900}


def test_five_hundred_charts_of_one_frame_stay_apart(bench: Bench, store: MediaStore) -> None:
    asked_of(bench, [store.put_picture(png(chart(seed))) for seed in range(500)])
    found = bench.build("split.test=0.1", "dedupe.prompt_jaccard=0.8").manifest
    assert found.groups == {"groups": 500, "largest": 1}
    assert found.dropped.get("dedupe", {}) == {}
