"""Ratings to pairs with `datasets.map`: RATINGS (.parquet or .jsonl) CANDIDATES OUT.

A batch holds whole prompts: the ratings lie prompt by prompt, 60 rows each, as the library has no
grouping of its own.
"""

import sys
from collections import defaultdict
from itertools import combinations
from tempfile import TemporaryDirectory
from typing import Any

import datasets

from benchmarks.peers.method import LEVELS, MIN_MARGIN, SEED, WEIGHTED, WIDEST, md5

ROWS_A_PROMPT = 60
PROMPTS_A_BATCH = 500
COLUMNS = ("pair_id", "prompt_id", "chosen_id", "rejected_id", "margin_raw", "margin")
Row = dict[str, Any]
Totals = dict[tuple[str, str], dict[str, list[int]]]


def pairs_of(batch: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The pairs of a batch of whole prompts."""
    prompts: dict[str, Totals] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for prompt, rater, kind, candidate, metric, value in zip(
        batch["prompt_id"],
        batch["rater"],
        batch["kind"],
        batch["candidate_id"],
        batch["metric"],
        batch["value"],
        strict=True,
    ):
        if metric in WEIGHTED:
            prompts[prompt][rater, kind][candidate].append(value)
    found = [pair for prompt, totals in prompts.items() for pair in _drawn(prompt, totals)]
    names = (*COLUMNS, "agreement", "n_raters", "level")
    return {name: [pair[name] for pair in found] for name in names}


def _drawn(prompt: str, totals: Totals) -> list[Row]:
    """The prompt's one pair, where there is one."""
    preferences = [row for row in _preferences(totals) if row["margin_raw"] >= MIN_MARGIN]
    beaten = {row["rejected_id"] for row in preferences}
    sums: dict[str, float] = defaultdict(float)
    for row in preferences:
        if row["chosen_id"] not in beaten:
            sums[row["chosen_id"]] += row["margin_raw"]
    if not sums:
        return []
    best = min(sums, key=lambda candidate: (-sums[candidate], candidate))
    rows = [row for row in preferences if row["chosen_id"] == best]
    for row in rows:
        row["pair_id"] = md5(row["chosen_id"] + row["rejected_id"])
        row["prompt_id"] = prompt
    return [min(rows, key=lambda row: md5(SEED + row["pair_id"]))]


def _preferences(totals: Totals) -> list[Row]:
    votes: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for (_rater, kind), answers in totals.items():
        whole = sorted(answer for answer, values in answers.items() if len(values) == len(WEIGHTED))
        for one, other in combinations(whole, 2):
            difference = sum(answers[one]) - sum(answers[other])
            votes[one, other].append((LEVELS.index(kind), difference))
    rows = []
    for (one, other), given in votes.items():
        level = min(found for found, _difference in given)
        differences = [difference for found, difference in given if found == level]
        wins = sum(difference > 0 for difference in differences)
        losses = sum(difference < 0 for difference in differences)
        if wins != losses:
            rows.append(_row(one, other, differences, wins, losses, LEVELS[level]))
    return rows


def _row(one: str, other: str, differences: list[int], wins: int, losses: int, level: str) -> Row:
    count = len(differences)
    margin = sum(differences) / count
    return {
        "chosen_id": one if wins > losses else other,
        "rejected_id": other if wins > losses else one,
        "margin_raw": margin if wins > losses else -margin,
        "margin": (margin if wins > losses else -margin) / WIDEST,
        "agreement": (max(wins, losses) + (count - wins - losses) / 2) / count,
        "n_raters": count,
        "level": level,
    }


def main(ratings: str, candidates: str, out: str) -> None:
    """Write the pairs with their texts."""
    kind = "parquet" if ratings.endswith(".parquet") else "json"
    with TemporaryDirectory() as cache:
        rows = datasets.load_dataset(kind, data_files=ratings, split="train", cache_dir=cache)
        pairs = rows.map(
            pairs_of,
            batched=True,
            batch_size=ROWS_A_PROMPT * PROMPTS_A_BATCH,
            remove_columns=rows.column_names,
        )
        answers = datasets.load_dataset(
            "parquet", data_files=candidates, split="train", cache_dir=cache
        )
        place = {name: row for row, name in enumerate(answers["candidate_id"])}
        responses = answers.select_columns("response")

        def with_texts(batch: dict[str, list[Any]]) -> dict[str, list[str]]:
            return {
                side: responses[[place[name] for name in batch[f"{side}_id"]]]["response"]
                for side in ("chosen", "rejected")
            }

        # Without a name of our own the whole of `place` would be hashed for one.
        done = pairs.map(
            with_texts,
            batched=True,
            remove_columns=["chosen_id", "rejected_id"],
            new_fingerprint="with-texts",
        )
        done.sort("pair_id").to_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
