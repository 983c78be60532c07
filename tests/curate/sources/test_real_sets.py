"""The two real sets beside the repository, read whole; their counts were taken by hand."""

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from curate.sources.record import SourceRanking, SourceRecord
from curate.sources.registry import open_source

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data"
PAIRS = DATA / "mm-reward-bench" / "mm_reward_bench.jsonl"
BENCH = DATA / "llava-bench-in-the-wild"

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data at {DATA.parent.name}/{DATA.name}"),
]


def read(path: Path, layout: str) -> list[SourceRecord]:
    opened = open_source(str(path))
    assert opened.layout == layout
    records = list(opened.records)
    assert all(isinstance(record, SourceRecord) for record in records)
    return [record for record in records if isinstance(record, SourceRecord)]


def ordered_pairs(ranking: SourceRanking) -> int:
    return sum(len(one) * len(other) for one, other in combinations(ranking.tiers, 2))


def test_reward_bench_is_46_orders_that_give_its_170_pairs() -> None:
    records = read(PAIRS, "mm-rlhf")
    assert len(records) == 46
    assert not any(record.separate for record in records)
    assert sum(ordered_pairs(one) for record in records for one in record.rankings) == 170
    assert Counter(len(record.responses) for record in records) == {3: 17, 4: 26, 5: 3}


def test_reward_bench_has_its_categories_and_a_reason_for_every_answer() -> None:
    records = read(PAIRS, "mm-rlhf")
    assert Counter(record.attributes["category"] for record in records) == {
        "mcq": 10,
        "long": 10,
        "short": 10,
        "video": 10,
        "safety": 6,
    }
    answers = [answer for record in records for answer in record.responses]
    assert len(answers) == 170
    assert all(answer.ratings[0].rationales["overall"] for answer in answers)


def test_llava_bench_is_60_questions_with_300_answers_and_120_reviews() -> None:
    records = read(BENCH, "llava-bench")
    questions = [record for record in records if record.file == "questions.jsonl"]
    reviews = [record for record in records if record.file != "questions.jsonl"]
    assert len(questions) == len({record.key for record in records}) == 60
    answers = [(one.key, answer.text) for one in questions for answer in one.responses]
    assert len(answers) == 300
    assert len(set(answers)) == 295
    assert len(reviews) == 120
    assert not any(record.failures for record in reviews)


def test_llava_bench_has_52_questions_with_a_review_two_points_apart() -> None:
    records = read(BENCH, "llava-bench")
    apart = {
        record.key
        for record in records
        if len(record.responses) == 2 and abs(_score(record, 0) - _score(record, 1)) >= 2
    }
    assert len(apart) == 52


def _score(record: SourceRecord, answer: int) -> float:
    return float(record.responses[answer].ratings[0].scores["overall"])
