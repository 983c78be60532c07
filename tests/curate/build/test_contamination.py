"""A prompt leaves when a benchmark has its picture, its telling text, or a part of both."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from curate.media.store import MediaStore
from curate.near.signatures import sign
from curate.near.signed import SIGNATURES
from schemas.errors import BuildError, ConfigError
from tests.support.drawn import jpeg, png, scene, versions
from tests.support.shown import ask
from tests.support.workspaces import NOW, Bench, five, rows

TELLING = (
    "Seven pelicans guard a turquoise lighthouse while fishermen unload crates of mackerel, "
    "oysters and lobster; which of the harbour's boats carries the smallest lantern tonight?"
)
COMMON = "Describe this photo in detail."


def gallery(bench: Bench, **files: bytes) -> str:
    """A folder of pictures beside the workspace's own."""
    folder = bench.root / "benchmark"
    for name, data in files.items():
        path = folder / f"{name}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return "benchmark"


def questions(bench: Bench, *records: dict[str, Any]) -> str:
    """A JSONL file in the workspace."""
    path = bench.root / "benchmark.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(it)}\n" for it in records), "utf-8")
    return path.name


def build(bench: Bench, path: str, name: str = "bench") -> Any:
    return bench.build(f'decontaminate=[{{name = "{name}", path = "{path}"}}]')


def lost(bench: Bench, report: Any) -> dict[str, tuple[str, str]]:
    """Prompts that left, with the detail and the benchmark's row."""
    asked = {prompt.prompt_id: question for question, prompt in bench.prompts.items()}
    return {
        asked[row["id"]]: (row["detail"], row["other_id"])
        for row in rows(report, "dropped")
        if row["reason"] == "contaminated" and row["level"] == "prompt"
    }


def test_every_version_of_a_benchmarks_picture_leaves_and_cites_it(
    bench: Bench, store: MediaStore
) -> None:
    for name, data in versions(scene(1)):
        ask(bench, f"What is {name}?", store.put_picture(data))
    ask(bench, "What is another?", store.put_picture(jpeg(scene(2))))
    report = build(bench, gallery(bench, first=jpeg(scene(1)), other=jpeg(scene(3))))
    found = lost(bench, report)
    assert set(found.values()) == {("picture", "bench:first.jpg")}
    assert len(found) == len(bench.prompts) - 1
    (pair,) = rows(report, "pairs")
    assert pair["prompt_id"] == bench.prompts["What is another?"].prompt_id


def test_answers_leave_with_their_prompt_and_all_is_counted(
    bench: Bench, store: MediaStore
) -> None:
    ask(bench, "What?", store.put_picture(png(scene(1))))
    report = build(bench, gallery(bench, first=jpeg(scene(1))))
    assert report.manifest.steps["decontaminate"] == {
        "prompt": {"in": 1, "kept": 0, "dropped": 1},
        "candidate": {"in": 2, "kept": 0, "dropped": 2},
    }


def test_a_telling_question_leaves_whatever_it_shows(bench: Bench, store: MediaStore) -> None:
    ask(bench, f"{TELLING} Answer with a word.", store.put_picture(png(scene(1))))
    ask(bench, "What is that?", store.put_picture(png(scene(2))))
    path = questions(bench, {"prompt": TELLING, "response": "The red one."})
    found = lost(bench, build(bench, path))
    assert set(found.values()) == {("text", "bench:benchmark.jsonl, line 1")}
    assert set(found) == {f"{TELLING} Answer with a word."}


def test_a_short_common_question_alone_never_matches(bench: Bench, store: MediaStore) -> None:
    for seed in range(12):
        ask(bench, COMMON + " " * seed, store.put_picture(jpeg(scene(seed))))
    path = questions(bench, {"prompt": COMMON, "response": "A street."})
    assert lost(bench, build(bench, path)) == {}


def test_an_instruction_that_many_prompts_open_with_is_no_sign(
    bench: Bench, store: MediaStore
) -> None:
    opening = "Look at the picture with great care, think step by step, and answer with one word."
    for seed in range(12):
        ask(bench, f"{opening} Item {seed * 7919}?", store.put_picture(jpeg(scene(seed))))
    path = questions(bench, {"prompt": f"{opening} Zebra or gnu?", "response": "Gnu."})
    assert lost(bench, build(bench, path)) == {}


@pytest.mark.parametrize("asks_the_same", [True, False])
def test_half_of_a_text_counts_with_a_picture_that_may_be_the_same(
    bench: Bench,
    store: MediaStore,
    asks_the_same: bool,  # noqa: FBT001 - given by name
) -> None:
    picture = scene(1)
    cut = picture.crop((0, 0, picture.width, int(picture.height * 0.93)))
    question = "Which of the two red boats is nearer" if asks_the_same else "How many clouds are up"
    ask(bench, f"{question} to the pier today?", store.put_picture(jpeg(cut)))
    image = bench.root / "benchmark.jpg"
    image.parent.mkdir(parents=True, exist_ok=True)
    image.write_bytes(jpeg(picture))
    asked = "Which of the two red boats is nearer to the shore?"
    path = questions(bench, {"prompt": asked, "response": "x", "image": "benchmark.jpg"})
    found = lost(bench, build(bench, path))
    details = {detail for detail, _ in found.values()}
    assert details <= {"text and picture, each in part", "picture"}
    assert bool(found) == asks_the_same or details == {"picture"}


def test_signatures_give_what_the_benchmark_gives_and_hold_none_of_it(
    bench: Bench, store: MediaStore, tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    ask(bench, TELLING)
    ask(bench, "What is this?", store.put_picture(png(scene(1))))
    (bench.root / "benchmark.jpg").write_bytes(jpeg(scene(1)))
    path = questions(
        bench,
        {"prompt": TELLING, "response": "x"},
        {"prompt": "A secret question?", "response": "x", "image": "benchmark.jpg"},
    )
    whole = lost(bench, build(bench, path))
    assert len(whole) == 2
    signed = sign(str(bench.root / path), tmp_path, NOW)
    assert signed.table.schema.equals(SIGNATURES)
    kept = bench.root / "signatures.parquet"
    pq.write_table(signed.table, kept)
    data = kept.read_bytes()
    assert b"pelican" not in data
    assert b"secret" not in data
    assert lost(bench, build(bench, kept.name)) == whole


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("b.jsonl", b"{broken\n", "no readable row"),
        ("b.jsonl", b'{"prompt": "", "response": "x"}\n', "nothing in it can be compared"),
        ("b.parquet", b"no parquet", "cannot be read"),
        ("b.jsonl", b"", "no rows"),
    ],
)
def test_a_benchmark_that_cannot_be_read_stops_the_build(
    bench: Bench, name: str, data: bytes, says: str
) -> None:
    ask(bench, "What?")
    bench.write()
    (bench.root / name).write_bytes(data)
    with pytest.raises(BuildError, match=says) as caught:
        build(bench, name)
    assert "'bench'" in str(caught.value)
    assert not list(bench.root.glob("builds/*/manifest.json"))


def test_a_benchmark_that_is_not_there_is_named(bench: Bench) -> None:
    ask(bench, "What?")
    with pytest.raises(ConfigError, match=r"nowhere\.jsonl is not there"):
        build(bench, "nowhere.jsonl")


def test_rows_that_could_not_be_read_are_warned_of(bench: Bench) -> None:
    ask(bench, "What?")
    path = questions(bench, {"prompt": TELLING, "response": "x"}, {"prompt": "", "response": "x"})
    (warning,) = build(bench, path).manifest.warnings
    assert warning == "benchmark 'bench': 2 rows or answers could not be read (empty_prompt)"


def test_another_content_of_a_benchmark_is_another_build(bench: Bench) -> None:
    ask(bench, "What?")
    path = questions(bench, {"prompt": TELLING, "response": "x"})
    first = build(bench, path)
    assert build(bench, path).unchanged
    questions(bench, {"prompt": TELLING.upper(), "response": "x"})
    assert build(bench, path).manifest.build_id != first.manifest.build_id


def near_prompts(bench: Bench, *settings: str) -> Sequence[dict[str, Any]]:
    report = bench.build("dedupe.prompt_jaccard=0.7", *settings)
    return [row for row in rows(report, "dropped") if row["reason"] == "near_duplicate"]


def test_prompts_near_in_text_and_on_one_picture_are_one(bench: Bench, store: MediaStore) -> None:
    question = "Which of the two boats in the harbour is nearer to the old stone pier"
    kinds = dict(versions(scene(1)))
    ask(bench, f"{question}?", store.put_picture(png(scene(1))))
    ask(bench, f"{question} today?", store.put_picture(kinds["half size"]))
    ask(bench, f"{question} now?", store.put_picture(png(scene(2))))
    bench.vote(f"{question}?", "human:ben", {"Three.": five(9), "Four.": five(5)})
    found = near_prompts(bench)
    prompts = [row for row in found if row["level"] == "prompt"]
    (row,) = prompts
    assert row["id"] == bench.prompts[f"{question} today?"].prompt_id
    assert row["other_id"] == bench.prompts[f"{question}?"].prompt_id
    assert 0.7 <= row["score"] < 1
    assert len(found) == 3


def test_prompts_without_pictures_are_held_against_each_other(bench: Bench) -> None:
    for end in ("?", " please?"):
        ask(bench, f"Name the three largest lakes of the northern half of the country{end}")
    assert [row["level"] for row in near_prompts(bench)].count("prompt") == 1


def test_two_benchmarks_of_one_name_are_refused(bench: Bench) -> None:
    ask(bench, "What?")
    twice = ", ".join(['{name = "bench", path = "b.jsonl"}'] * 2)
    with pytest.raises(ConfigError, match="two benchmarks have the same name"):
        bench.build(f"decontaminate=[{twice}]")


def test_a_row_that_is_named_by_a_prompts_id_is_that_prompt_however_short(bench: Bench) -> None:
    for question in ("Why?", "Why not?"):
        ask(bench, question)
    prompt_id = bench.prompts["Why?"].prompt_id
    path = questions(bench, {"prompt": "Why?", "key": prompt_id})
    found = lost(bench, build(bench, path))
    assert found == {"Why?": ("the prompt itself", f"bench:{prompt_id}")}
