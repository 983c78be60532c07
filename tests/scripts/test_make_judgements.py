"""The recorded replies of the bundled sample show what they are there to show.

That they are what the script writes is seen in test_make_sample.py, with the other files: a change
of the judge's wording makes them old, and `python scripts/make_sample.py` makes them anew.
"""

import asyncio
import json
from importlib import resources
from statistics import fmean

import pytest

from annotate.base import Request, Text, Turn
from annotate.prompting.parsing import parse
from annotate.prompting.prompt import judge_request
from annotate.prompting.repair import repair_request
from annotate.prompting.unparsable import Unparsable
from annotate.raters.replay import Recorded
from scripts.sample.cases import FAULTS, THEMES, Answer, Case, theme
from scripts.sample.replies import scores
from scripts.sample.scripted_judge import BLOCKED, FENCED, MENDED, UNPARSABLE, ScriptedJudge
from tests.support.examples import question
from tests.support.judging import preset, view

FILE = resources.files("curate") / "sample" / "judgements.jsonl"
LINES = [Recorded.model_validate_json(line) for line in FILE.read_text("utf-8").splitlines()]
CASES = [case for name in (*THEMES, FAULTS) for case in theme(name).cases]
GRADED = [(case, answer) for case in CASES for answer in case.answers if answer.grades]
LABELS = ("A", "B", "C", "D")


def case_of(key: str) -> Case:
    (case,) = [one for one in CASES if one.key == key]
    return case


def asked(answers: list[str]) -> Request:
    """The judge's request for these answers to a question without pictures."""
    shown = view(*answers, messages=question(), media=(), rubric=preset())
    return judge_request(shown, ())


def said(request: Request) -> str:
    judge = ScriptedJudge("recorded-judge", CASES)
    return asyncio.run(judge.ask(request, timeout=1)).text


def both_orders(key: str) -> list[Request]:
    answers = [answer.text for answer in case_of(key).answers]
    return [asked(answers), asked(answers[::-1])]


def readable(text: str) -> bool:
    try:
        parse(text, rubric=preset(), labels=LABELS, ranking=False)
    except Unparsable:
        return False
    return True


def test_there_is_one_reply_to_every_request() -> None:
    assert len({one.request_digest for one in LINES}) == len(LINES)
    assert len(LINES) == 2 * 98 + 2, "two orders of every prompt, and two asked once more"


def test_the_file_is_small() -> None:
    assert len(FILE.read_bytes()) < 300_000


def test_it_claims_no_tokens_and_no_money() -> None:
    assert not any("usage" in one.model_fields_set for one in LINES)


def test_one_prompt_is_blocked_in_both_orders() -> None:
    blocked = [one for one in LINES if one.finish == "blocked"]
    assert [(one.text, one.detail) for one in blocked] == [("", "SAFETY")] * 2


def test_one_reply_stands_between_fences_and_prose() -> None:
    fenced = [one.text for one in LINES if "```json" in one.text]
    assert len(fenced) == 1
    assert readable(fenced[0])


def test_three_replies_cannot_be_read_and_one_of_them_is_mended() -> None:
    bad = [one.text for one in LINES if one.finish == "stop" and not _object(one.text)]
    assert len(bad) == 3
    assert sum(text.startswith("{") for text in bad) == 1


@pytest.mark.parametrize("key", [FENCED, MENDED, UNPARSABLE])
def test_the_other_order_gets_a_plain_reply(key: str) -> None:
    plain = [text.startswith("{") and readable(text) for text in map(said, both_orders(key))]
    assert sorted(plain) == [False, True]


@pytest.mark.parametrize(("key", "helps"), [(MENDED, True), (UNPARSABLE, False)])
def test_asking_once_more_helps_where_it_should(key: str, *, helps: bool) -> None:
    (request,) = [one for one in both_orders(key) if not readable(said(one))]
    again = repair_request(request, said(request), "no scores")
    assert readable(said(again)) == helps


def test_the_blocked_prompt_is_blocked() -> None:
    judge = ScriptedJudge("recorded-judge", CASES)
    replies = [asyncio.run(judge.ask(one, timeout=1)) for one in both_orders(BLOCKED)]
    assert [reply.finish for reply in replies] == ["blocked", "blocked"]


def test_answers_that_are_not_the_samples_are_refused() -> None:
    with pytest.raises(LookupError, match="0 prompts of the sample"):
        said(asked(["Nobody wrote this.", "Nor this."]))
    with pytest.raises(LookupError, match="no marks"):
        said(Request(turns=(Turn("user", (Text("Answer A:"),)),)))


def test_scores_are_near_the_grades() -> None:
    off = [
        abs(score - grade)
        for case, answer in GRADED
        for score, grade in zip(scores(case, answer, 1, "any"), grades_of(answer), strict=True)
    ]
    assert max(off) <= 3
    assert 0 < fmean(off) < 0.2


def test_what_is_seen_first_gets_a_little_more() -> None:
    first, later = (
        fmean(sum(scores(case, answer, slot, answer.text)) for case, answer in GRADED)
        for slot in (0, 1)
    )
    assert 0.2 < first - later < 1


def test_copies_are_not_told_apart() -> None:
    case = case_of("fault-exact-duplicate")
    one, other = case.answers[:2]
    assert one.text == other.text
    assert scores(case, one, 0, "any") == scores(case, other, 3, "any")


def grades_of(answer: Answer) -> list[int]:
    return [min(4, grade) for grade in answer.grades[""]]


def _object(text: str) -> bool:
    try:
        json.loads(text.partition("```json")[2].partition("```")[0] or text)
    except json.JSONDecodeError:
        return False
    return True
