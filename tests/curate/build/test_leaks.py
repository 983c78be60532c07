"""DESIGN 5.8: what shows the same, or asks the same telling thing, is on one side of a split."""

import hashlib
from collections.abc import Sequence
from typing import Any

from curate.media.store import MediaStore
from schemas.candidate import Medium
from tests.support.drawn import chart, jpeg, png, scene, versions
from tests.support.shown import ask
from tests.support.workspaces import Bench, rows

HALVES = ("split.test=0.5",)
TELLING = (
    "Seven pelicans guard a turquoise lighthouse while fishermen unload crates of mackerel, "
    "oysters and lobster; which of the harbour's boats carries the smallest lantern tonight?"
)


def splits(bench: Bench, *settings: str) -> dict[str, str]:
    """The split of every prompt, by its question."""
    asked = {prompt.prompt_id: question for question, prompt in bench.prompts.items()}
    report = bench.build(*(settings or HALVES))
    return {asked[row["prompt_id"]]: row["split"] for row in rows(report, "pairs")}


def sides(bench: Bench, *settings: str) -> int:
    return len(set(splits(bench, *settings).values()))


def test_versions_of_one_picture_are_on_one_side(bench: Bench, store: MediaStore) -> None:
    for name, data in versions(scene(1)):
        ask(bench, f"What is {name}?", store.put_picture(data))
    assert sides(bench) == 1


def test_without_a_radius_only_equal_bytes_are_one_picture(bench: Bench, store: MediaStore) -> None:
    for name, data in versions(scene(1)):
        ask(bench, f"What is {name}?", store.put_picture(data))
    assert sides(bench, *HALVES, "split.group_by=prompt") == 2


def test_other_pictures_and_charts_go_their_own_ways(bench: Bench, store: MediaStore) -> None:
    for seed in range(20):
        ask(bench, f"Scene {seed}?", store.put_picture(jpeg(scene(seed))))
        ask(bench, f"Chart {seed}?", store.put_picture(png(chart(seed))))
    found = splits(bench)
    assert sorted(found.values()).count("test") == 20


def test_a_common_question_on_many_pictures_joins_nothing(bench: Bench, store: MediaStore) -> None:
    for seed in range(40):
        medium = store.put_picture(jpeg(scene(seed)))
        ask(bench, f"Describe this photo in detail{' ' * seed}", medium)
    assert sorted(splits(bench).values()).count("test") == 20


def test_a_telling_question_on_two_pictures_joins_them(bench: Bench, store: MediaStore) -> None:
    for seed in range(12):
        ask(bench, f"What is in picture {seed}?", store.put_picture(jpeg(scene(seed))))
    for seed in (20, 21):
        ask(bench, f"{TELLING}{' ' * (seed - 20)}", store.put_picture(jpeg(scene(seed))))
    for share in ("0.3", "0.5", "0.7"):
        found = splits(bench, f"split.test={share}")
        assert found[TELLING] == found[f"{TELLING} "]


def test_a_telling_question_on_many_pictures_is_an_instruction(
    bench: Bench, store: MediaStore
) -> None:
    for seed in range(16):
        ask(bench, TELLING + " " * seed, store.put_picture(jpeg(scene(seed))))
    assert sorted(splits(bench).values()).count("test") == 8


def test_a_telling_question_without_a_picture_is_tied_to_its_like(bench: Bench) -> None:
    ask(bench, TELLING)
    ask(bench, f"{TELLING} ")
    for number in range(8):
        ask(bench, f"What is {number} and {number}?")
    for share in ("0.2", "0.5", "0.8"):
        found = splits(bench, f"split.test={share}")
        assert found[TELLING] == found[f"{TELLING} "]


def frames(store: MediaStore, seeds: Sequence[int], quality: int = 90) -> Medium:
    return store.put_frames(jpeg(scene(seed), quality) for seed in seeds)


def test_videos_are_one_where_half_their_frames_are(bench: Bench, store: MediaStore) -> None:
    ask(bench, "One?", frames(store, [1, 2, 3, 4]))
    ask(bench, "Its half?", frames(store, [3, 4, 5, 6], quality=60))
    ask(bench, "A quarter?", frames(store, [6, 7, 8, 9], quality=70))
    found = [splits(bench, f"split.test={share}") for share in ("0.34", "0.5", "0.67")]
    assert all(it["One?"] == it["Its half?"] for it in found)
    assert any(it["A quarter?"] != it["One?"] for it in found)


def test_pictures_that_are_gone_are_known_by_their_bytes(bench: Bench, store: MediaStore) -> None:
    data = jpeg(scene(1))
    medium = store.put_picture(data)
    assert medium.sha256 == hashlib.sha256(data).hexdigest()
    ask(bench, "One?", medium)
    ask(bench, "Other?", medium)
    store.path_of(str(medium.file)).unlink()
    assert sides(bench) == 1


def test_a_build_does_not_depend_on_what_was_looked_at_before(
    bench: Bench, store: MediaStore
) -> None:
    for seed in range(6):
        for number, (_, data) in zip(range(3), versions(scene(seed)), strict=False):
            ask(bench, f"Scene {seed}, {number}?", store.put_picture(data))
    first = splits(bench)
    parts = sorted((bench.root / ".cache").rglob("*.parquet"))
    assert parts
    for part in parts:
        part.unlink()
    again = bench.build(*HALVES, force=True)
    asked = {prompt.prompt_id: question for question, prompt in bench.prompts.items()}
    assert {asked[row["prompt_id"]]: row["split"] for row in rows(again, "pairs")} == first


def test_a_split_keeps_its_shares(bench: Bench, store: MediaStore) -> None:
    for seed in range(100):
        ask(bench, f"Scene {seed // 2}, {seed}?", store.put_picture(jpeg(scene(seed // 2))))
    found: list[Any] = list(splits(bench, "split.test=0.2", "split.validation=0.1").values())
    assert (found.count("test"), found.count("validation")) == (20, 10)
