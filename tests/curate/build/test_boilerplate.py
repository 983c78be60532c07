"""DESIGN 5.7: answers copied across prompts are reported, and dropped only on request."""

from typing import Any

import pytest

from curate.ingest.answers import REFUSAL
from tests.support.workspaces import Bench, five, rows

TEXT = (
    "As a matter of fact this is a wonderful picture that shows many interesting things, and one "
    "could talk about it for hours without ever coming to the end of what there is to see."
)
REPORT, DROP = "dedupe.boilerplate=false", "dedupe.boilerplate=true"


def ask(bench: Bench, count: int, text: str = TEXT) -> None:
    """Prompts that all have nearly this answer, and one of their own."""
    for number in range(count):
        question, own = (
            f"What is in picture {number}?",
            f"There are {number} cups and {number} jugs.",
        )
        copy = text if number % 2 else text.replace("wonderful", "marvellous")
        bench.prompt(question, copy, own)
        bench.vote(question, scores={own: five(9), copy: five(5)})


def copies(report: Any) -> list[dict[str, Any]]:
    return [row for row in rows(report, "dropped") if row["reason"] == "near_duplicate"]


def test_boilerplate_is_counted_and_stays(bench: Bench) -> None:
    ask(bench, 6)
    report = bench.build(REPORT)
    assert report.manifest.boilerplate == {"texts": 1, "answers": 6, "most_prompts": 6}
    assert copies(report) == []
    assert len(rows(report, "pairs")) == 6


def test_on_request_all_but_one_leave_and_name_it(bench: Bench) -> None:
    ask(bench, 6)
    report = bench.build(DROP)
    found = copies(report)
    assert len(found) == 5
    assert len({row["other_id"] for row in found}) == 1
    assert {row["detail"] for row in found} == {"boilerplate: an answer to another prompt"}
    assert all(row["score"] >= 0.8 for row in found)
    assert report.manifest.steps["dedupe"]["candidate"] == {"in": 12, "kept": 7, "dropped": 5}


def test_without_the_setting_nothing_is_looked_for(bench: Bench) -> None:
    ask(bench, 3)
    assert bench.build().manifest.boilerplate == {}


@pytest.mark.parametrize("text", ["A", "The second option is right, as the picture shows."])
def test_short_answers_are_copies_by_nature(bench: Bench, text: str) -> None:
    ask(bench, 4, text)
    report = bench.build(DROP)
    assert (copies(report), report.manifest.boilerplate["texts"]) == ([], 0)


def test_refusals_never_leave(bench: Bench) -> None:
    ask(bench, 4)
    for key, candidate in bench.candidates.items():
        if candidate.response.startswith("As a matter"):
            changed = {"attributes": {REFUSAL: "true"}}
            bench.candidates[key] = candidate.model_copy(update=changed)
    assert copies(bench.build(DROP)) == []


def test_near_answers_to_one_prompt_are_no_boilerplate(bench: Bench) -> None:
    bench.prompt("q", TEXT, TEXT.replace("wonderful", "marvellous"))
    report = bench.build(DROP)
    assert (copies(report), report.manifest.boilerplate["texts"]) == ([], 0)
