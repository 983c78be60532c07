"""The bundled sample holds what the demo and its readers are promised."""

import json
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "make_sample.py"
SAMPLE = ROOT / "curate" / "sample"
METRICS = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
JUDGED = METRICS[:3]
MODELS = {"sample-large", "sample-base", "sample-small", "sample-tiny"}
RATERS = {"rater-a": "human", "rater-b": "human", "sample-judge": "judge"}
ROW_KEYS = {
    *("prompt", "messages", "images", "video", "reference", "attributes", "key", "responses"),
    *("rankings", "failures"),
}

Line = dict[str, Any]


def read_lines() -> tuple[list[Line], list[str]]:
    """The lines that are JSON, and those that are not."""
    good: list[Line] = []
    broken: list[str] = []
    for text in (SAMPLE / "sample.jsonl").read_text(encoding="utf-8").splitlines():
        try:
            good.append(json.loads(text))
        except json.JSONDecodeError:
            broken.append(text)
    return good, broken


LINES, BROKEN = read_lines()
ORDINARY = [line for line in LINES if "planted" not in line["attributes"]]
PLANTED = [line for line in LINES if "planted" in line["attributes"]]


def planted(fault: str) -> Line:
    (line,) = [one for one in PLANTED if one["attributes"]["planted"] == fault]
    return line


def by_key(key: str) -> Line:
    (line,) = [one for one in LINES if one["key"] == key]
    return line


def sampled(line: Line) -> list[Line]:
    return [answer for answer in line["responses"] if answer.get("origin") != "written"]


def rating_of(answer: Line, rater: str) -> Line | None:
    found = [one for one in answer.get("ratings", ()) if one["rater"] == rater]
    return found[0] if found else None


def total(rating: Line) -> int:
    return sum(int(rating[metric]) for metric in JUDGED)


def raters_of(line: Line) -> set[str]:
    return {one["rater"] for answer in line["responses"] for one in answer.get("ratings", ())}


def totals(line: Line, rater: str) -> list[int]:
    ratings = [rating_of(answer, rater) for answer in sampled(line)]
    return [total(rating) for rating in ratings if rating]


def rankings(*, lines: list[Line] = ORDINARY) -> Iterator[tuple[Line, Line]]:
    return ((line, one) for line in lines for one in line.get("rankings", ()))


def scored_otherwise(line: Line, ranking: Line) -> list[tuple[int, int]]:
    """Pairs of answers that the rater ranked one way and scored the other way."""
    tier = {index: number for number, one in enumerate(ranking["tiers"]) for index in one}
    scores = {}
    for index in tier:
        rating = rating_of(line["responses"][index], ranking["rater"])
        if rating:
            scores[index] = total(rating)
    return [
        (one, other)
        for one, other in combinations(scores, 2)
        if (tier[one] - tier[other]) * (scores[one] - scores[other]) > 0
    ]


def media_of(line: Line) -> list[str]:
    return [*line.get("images", ()), *filter(None, [line.get("video")])]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False
    )


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# The files


def test_the_tree_is_what_the_script_writes() -> None:
    result = run("--check")
    assert result.returncode == 0, result.stdout


def test_check_names_the_file_that_differs(tmp_path: Path) -> None:
    run("--out", str(tmp_path))
    assert files_in(tmp_path) == files_in(SAMPLE)
    (tmp_path / "README.md").write_text("changed", encoding="utf-8")
    (tmp_path / "stray.txt").write_text("stray", encoding="utf-8")
    result = run("--check", "--out", str(tmp_path))
    assert result.returncode == 1
    assert result.stdout.splitlines() == ["changed: README.md", "not ours: stray.txt"]


def test_the_sample_is_small() -> None:
    assert sum(map(len, files_in(SAMPLE).values())) < 1_500_000


def test_every_picture_belongs_to_a_prompt() -> None:
    named = [path for line in LINES for path in media_of(line)]
    files = [path for path in files_in(SAMPLE) if path.startswith("media/")]
    assert [path for path in files if not path.startswith(tuple(named))] == []


def test_every_ordinary_picture_decodes() -> None:
    paths = [SAMPLE / path for line in ORDINARY for path in media_of(line)]
    for path in paths:
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            with Image.open(file) as image:
                image.load()
                assert min(image.size) >= 240


def test_the_readme_says_that_ratings_are_no_measurements() -> None:
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert "not measurements" in text
    assert "Apache-2.0" in text
    assert all(f"`{line['key']}`" in text for line in PLANTED)


# The prompts


def test_every_line_is_in_the_native_layout_with_its_own_key() -> None:
    assert all(
        set(line) <= ROW_KEYS and ("prompt" in line) != ("messages" in line) for line in LINES
    )
    keys = [line["key"] for line in LINES]
    assert len(set(keys)) == len(keys)


def test_there_are_enough_prompts_of_every_kind() -> None:
    assert sum(bool(media_of(line)) for line in ORDINARY) >= 64
    assert sum(not media_of(line) for line in ORDINARY) >= 12
    assert sum("reference" in line for line in ORDINARY) >= 24
    tasks = Counter(line["attributes"]["task"] for line in ORDINARY)
    assert tasks["talk"] >= 4
    assert tasks["compare"] >= 4
    assert tasks["video"] >= 2
    assert tasks["choice"] >= 4


def test_talks_end_with_the_user_and_use_each_picture_once() -> None:
    for line in ORDINARY:
        if "messages" in line:
            assert [turn["role"] for turn in line["messages"]] == ["user", "assistant", "user"]
            parts = [part["type"] for turn in line["messages"] for part in turn["content"]]
            assert parts.count("image") == len(line["images"])


def test_a_comparison_has_two_pictures() -> None:
    compared = [line for line in ORDINARY if line["attributes"]["task"] == "compare"]
    assert all(len(line["images"]) == 2 for line in compared)
    assert any(line["prompt"].count("<image>") == 2 for line in compared)


def test_a_film_is_a_folder_of_four_to_six_numbered_frames() -> None:
    folders = [SAMPLE / line["video"] for line in ORDINARY if "video" in line]
    for folder in folders:
        frames = sorted(path.name for path in folder.iterdir())
        assert 4 <= len(frames) <= 6
        assert frames == [f"{number:03d}.png" for number in range(1, len(frames) + 1)]


def test_every_prompt_has_four_answers_of_four_models() -> None:
    for line in LINES:
        assert {answer["model"] for answer in sampled(line)} == MODELS
        assert len(sampled(line)) == 4
        assert all({"temperature", "seed"} == set(answer["sampling"]) for answer in sampled(line))


def test_no_model_is_always_best_and_none_always_longest() -> None:
    best, longest, first = Counter[str](), Counter[str](), Counter[str]()
    for line in ORDINARY:
        answers = sampled(line)
        best[max(answers, key=lambda one: total(one["ratings"][0]))["model"]] += 1
        longest[max(answers, key=lambda one: len(one["text"]))["model"]] += 1
        first[answers[0]["model"]] += 1
    for counts in (best, longest, first):
        assert set(counts) == MODELS
        assert max(counts.values()) < 0.6 * len(ORDINARY)


def test_the_longest_answer_is_best_only_about_half_the_time() -> None:
    agree = [
        max(sampled(line), key=lambda one: len(one["text"]))["ratings"][0]
        == max((one["ratings"][0] for one in sampled(line)), key=total)
        for line in ORDINARY
    ]
    assert 0.25 < sum(agree) / len(agree) < 0.75


# The votes


def test_every_rating_has_all_metrics_on_the_scale() -> None:
    for line in LINES:
        for answer in line["responses"]:
            for rating in answer.get("ratings", ()):
                assert rating["kind"] == RATERS[rating["rater"]]
                off = [metric for metric in METRICS if rating[metric] not in range(5)]
                assert not off or line["attributes"].get("planted") == "out_of_scale"


def test_both_levels_and_their_overlap_occur() -> None:
    sets = [raters_of(line) for line in ORDINARY]
    count = len(ORDINARY)
    assert 0.05 * count < sum("sample-judge" not in one for one in sets) < 0.15 * count
    assert 0.1 * count < sum(one == {"sample-judge"} for one in sets) < 0.2 * count
    assert sum(one == set(RATERS) for one in sets) > 0.6 * count


def test_most_ratings_of_people_have_a_reason() -> None:
    ratings = [
        rating
        for line in ORDINARY
        for answer in sampled(line)
        for rating in answer["ratings"]
        if rating["kind"] == "human"
    ]
    reasons = [rating["rationales"] for rating in ratings if "rationales" in rating]
    assert len(reasons) > 0.6 * len(ratings)
    assert all(set(one) <= {*METRICS, "overall"} and all(one.values()) for one in reasons)


def test_text_prompts_give_pairs() -> None:
    for line in ORDINARY:
        if not media_of(line):
            rater = min(raters_of(line))
            assert max(totals(line, rater)) - min(totals(line, rater)) >= 2


def test_the_second_rater_is_lenient_but_keeps_the_order() -> None:
    both = [(totals(one, "rater-a"), totals(one, "rater-b")) for one in ORDINARY]
    both = [(first, second) for first, second in both if first]
    assert sum(sum(second) > sum(first) for first, second in both) > 0.9 * len(both)
    same = turned = 0
    for first, second in both:
        for one, other in combinations(range(4), 2):
            product = (first[one] - first[other]) * (second[one] - second[other])
            same, turned = same + (product > 0), turned + (product < 0)
    assert turned >= 5
    assert same > 10 * turned


def test_the_judge_mostly_agrees_with_the_careful_rater() -> None:
    same = turned = 0
    for line in ORDINARY:
        judge, human = totals(line, "sample-judge"), totals(line, "rater-a")
        for one, other in combinations(range(4 if judge and human else 0), 2):
            product = (judge[one] - judge[other]) * (human[one] - human[other])
            same, turned = same + (product > 0), turned + (product < 0)
    assert turned > 0
    assert same > 10 * turned


@pytest.mark.parametrize(("metrics", "least"), [(JUDGED, 12), (METRICS, 10)])
def test_enough_answers_have_full_marks_from_every_rater(
    metrics: tuple[str, ...], least: int
) -> None:
    full = [
        answer
        for line in ORDINARY
        if raters_of(line) == set(RATERS)
        for answer in sampled(line)
        if all(rating[metric] == 4 for rating in answer["ratings"] for metric in metrics)
    ]
    assert len(full) >= least


def test_rankings_name_each_answer_once_and_some_hold_ties() -> None:
    ranked = {line["key"] for line, _ in rankings()}
    tied = {line["key"] for line, one in rankings() if any(len(tier) > 1 for tier in one["tiers"])}
    assert len(ranked) >= 20
    assert len(tied) >= 6
    for line, one in rankings(lines=LINES):
        assert RATERS[one["rater"]] == one["kind"] == "human"
        indexes = sorted(index for tier in one["tiers"] for index in tier)
        assert indexes == list(range(len(line["responses"])))


def test_one_confirmed_ranking_contradicts_its_raters_scores() -> None:
    confirmed = [(line, one) for line, one in rankings() if one["confirmed"]]
    turned = {line["key"] for line, one in confirmed if scored_otherwise(line, one)}
    assert turned == {"map-directions"}


def test_one_ranking_is_not_confirmed() -> None:
    loose = [line["key"] for line, one in rankings(lines=LINES) if not one["confirmed"]]
    assert loose == ["thermometer-warmest"]


def test_a_written_answer_stands_above_all_bad_and_below_all_good_ones() -> None:
    for key, verdict, place in (("board-joke", "all_bad", 0), ("balloon-story", "all_good", -1)):
        line = by_key(key)
        written = [
            number
            for number, answer in enumerate(line["responses"])
            if answer.get("origin") == "written"
        ]
        assert "model" not in line["responses"][written[0]]
        for ranking in line["rankings"]:
            assert ranking["verdict"] == verdict
            assert ranking["tiers"][place] == written


def test_an_honest_refusal_is_the_best_answer_to_an_unsafe_question() -> None:
    answers = sampled(by_key("text-lock-picking"))
    ranked = sorted(answers, key=lambda one: total(one["ratings"][0]))
    assert ranked[-1]["text"].startswith("I can't help")
    assert total(ranked[-1]["ratings"][0]) == 12


def test_a_near_copy_with_one_wrong_number_is_rated_far_lower() -> None:
    line = by_key("rain-total")
    right, wrong = (
        next(one for one in sampled(line) if f"so {amount} mm fell" in one["text"])
        for amount in (410, 510)
    )
    assert wrong["text"].replace("510", "410") == right["text"]
    for rater in RATERS:
        one, other = rating_of(right, rater), rating_of(wrong, rater)
        assert one
        assert other
        assert total(one) - total(other) >= 2


# What is wrong on purpose


def test_every_fault_is_planted_once() -> None:
    assert Counter(line["attributes"]["planted"] for line in PLANTED) == {
        "exact_duplicate": 1,
        "exact_duplicate_outer_space": 1,
        "near_duplicate_answers": 2,
        "near_duplicate_prompt": 1,
        "error_text": 1,
        "empty_answer": 1,
        "truncated_picture": 1,
        "oversized_picture": 1,
        "missing_picture": 1,
        "out_of_scale": 1,
        "contradiction": 1,
    }
    assert len(BROKEN) == 1


@pytest.mark.parametrize("fault", ["exact_duplicate", "exact_duplicate_outer_space"])
def test_duplicates_differ_in_outer_space_at_most_and_are_rated_the_same(fault: str) -> None:
    answers = sampled(planted(fault))
    texts = Counter(answer["text"].strip() for answer in answers)
    (copied,) = [text for text, count in texts.items() if count == 2]
    one, other = (answer for answer in answers if answer["text"].strip() == copied)
    assert (one["text"] == other["text"]) == (fault == "exact_duplicate")
    assert all(_same_scores(one, other, rater) for rater in RATERS)


def test_near_duplicates_are_told_apart_by_nobody() -> None:
    for line in PLANTED:
        if line["attributes"]["planted"] == "near_duplicate_answers":
            one, other = max(
                combinations(sampled(line), 2), key=lambda pair: _shared(pair[0], pair[1])
            )
            assert one["text"] != other["text"]
            assert _shared(one, other) > 0.9
            assert all(_same_scores(one, other, rater) for rater in RATERS)


def test_a_near_duplicate_prompt_has_the_same_picture_packed_again() -> None:
    line, first = planted("near_duplicate_prompt"), by_key("bakery-weekend")
    assert line["prompt"].startswith(first["prompt"])
    assert line["prompt"] != first["prompt"]
    again, once = SAMPLE / line["images"][0], SAMPLE / first["images"][0]
    assert again.suffix != once.suffix
    with Image.open(again) as one, Image.open(once) as other:
        assert one.size == other.size


def test_one_answer_is_an_error_message_and_one_is_empty() -> None:
    errors = [one["text"] for one in sampled(planted("error_text"))]
    assert "Error: 503 Service Unavailable" in errors
    empty = [one for one in sampled(planted("empty_answer")) if not one["text"]]
    assert len(empty) == 1
    assert "ratings" not in empty[0]


def test_the_truncated_picture_does_not_decode() -> None:
    (path,) = planted("truncated_picture")["images"]
    with Image.open(SAMPLE / path) as image, pytest.raises(OSError, match="truncated"):
        image.load()


def test_the_oversized_picture_is_refused_by_its_header() -> None:
    (path,) = planted("oversized_picture")["images"]
    with pytest.raises(Image.DecompressionBombError):
        Image.open(SAMPLE / path)


def test_the_oversized_picture_holds_all_the_pixels_it_claims() -> None:
    (path,) = planted("oversized_picture")["images"]
    with (SAMPLE / path).open("rb") as stream:
        assert PngImageFile(stream).size == (30_000, 30_000)
    data = (SAMPLE / path).read_bytes()
    start = data.index(b"IDAT") + 4
    unpacked = zlib.decompressobj().decompress(data[start:])
    assert len(unpacked) == 30_000 * (1 + 30_000 // 8)
    assert not unpacked.strip(b"\0")


def test_the_missing_picture_is_missing() -> None:
    (path,) = planted("missing_picture")["images"]
    assert not (SAMPLE / path).exists()


def test_one_score_is_off_the_scale() -> None:
    line = planted("out_of_scale")
    off = [
        (rating["rater"], metric, rating[metric])
        for answer in sampled(line)
        for rating in answer["ratings"]
        for metric in METRICS
        if rating[metric] > 4
    ]
    assert off == [("rater-a", "helpfulness", 9)]


def test_one_rater_ranks_a_prompt_twice_the_other_way_round() -> None:
    one, other = planted("contradiction")["rankings"]
    assert one["rater"] == other["rater"]
    assert one["tiers"] == other["tiers"][::-1]


def test_the_judge_failed_on_two_prompts_that_people_rated() -> None:
    failed = [line for line in LINES if "failures" in line]
    assert sorted(one["reason"] for line in failed for one in line["failures"]) == [
        "blocked",
        "unparsable",
    ]
    assert all(raters_of(line) == {"rater-a", "rater-b"} for line in failed)


def _same_scores(one: Line, other: Line, rater: str) -> bool:
    first, second = rating_of(one, rater), rating_of(other, rater)
    assert first
    assert second
    return all(first[metric] == second[metric] for metric in METRICS)


def _shared(one: Line, other: Line) -> float:
    words, others = set(one["text"].split()), set(other["text"].split())
    return len(words & others) / len(words | others)
