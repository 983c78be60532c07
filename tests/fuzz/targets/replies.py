"""What judges and their servers send back: scores on the scale, or refused, and nothing else."""

import json
from collections.abc import Callable
from typing import Any

from annotate.base import GiveUp, Reply, Request, Text, TryAgain, Turn
from annotate.critiquing.expansion import read_expansion
from annotate.critiquing.finding import read_check
from annotate.critiquing.view import Commented
from annotate.prompting.parsing import LONGEST_REASON, parse, tiers
from annotate.prompting.quoting import quotation_for, valid_text
from annotate.prompting.repair import repair_request
from annotate.prompting.unparsable import Unparsable
from annotate.raters import delays, gemini_errors, openai_errors, openai_reply
from annotate.raters.access import Scrub
from annotate.raters.gemini_batch_lines import outcome_of
from schemas.event import Usage
from tests.fuzz.laws import holds, is_storable
from tests.fuzz.values import Reader
from tests.fuzz.words import WORDS
from tests.support.examples import question
from tests.support.pages import RUBRICS

LABELS = ("A", "B", "C")
REQUEST = Request(turns=(Turn("user", (Text("judge"),)),))
VIEW = Commented(
    messages=question("Which bus is it, of 3?"),
    media=(),
    answer='The bus is red. A sign says "Ulm 12".',
    comment="wrong colour, good tone",
)


def judge_reply(data: bytes) -> None:
    """A reply as text: whole scores on the scale for every answer, or Unparsable."""
    _parsed(data[1:].decode("utf-8", "surrogateescape"), data[:1] > b"m")


def judge_object(data: bytes) -> None:
    """A reply that is JSON for sure."""
    reader = Reader(data, WORDS["judge_object"])
    ranking = bool(reader.byte() % 2)
    _parsed(_json(reader.value()), ranking)


def expansion(data: bytes) -> None:
    """A critique in a reply: a text that claims nothing new, or Unparsable."""
    reader = Reader(data, WORDS["critique"])
    text = data[1:].decode("utf-8", "replace") if reader.byte() % 2 else _json(reader.value())
    for reply in (text, _json({"critique": text})):
        try:
            found = read_expansion(reply, VIEW)
        except Unparsable as refused:
            is_storable(refused.problem)
            continue
        is_storable(found)
        holds(len(found) > len(VIEW.comment))


def check(data: bytes) -> None:
    """What the second reading finds."""
    try:
        found = read_check(_json(Reader(data, WORDS["critique"]).value()))
    except Unparsable as refused:
        is_storable(refused.problem)
        return
    is_storable(found.detail)
    holds(len(found.detail) <= 400)


def gemini_result(data: bytes) -> None:
    """A line of a batch's results: a reply, or a problem that the runner knows."""
    reader = Reader(data, WORDS["replies"])
    line = data[1:] if reader.byte() % 2 else _json(reader.value()).encode("utf-8", "replace")
    found = outcome_of(line, Scrub("secret-key"))
    if found is None:
        return
    _, outcome = found
    if isinstance(outcome, Reply):
        _is_a_reply(outcome)
    else:
        holds(isinstance(outcome, (TryAgain, GiveUp)))
        holds("secret-key" not in str(outcome))


def chat_completion(data: bytes) -> None:
    """The JSON of an OpenAI-compatible server."""
    try:
        reply = openai_reply.reply_of(Reader(data, WORDS["replies"]).value())
    except TryAgain:
        return
    _is_a_reply(reply)


def server_error(data: bytes) -> None:
    """An error answer of a server: a problem, one line, with a wait that is no less than nought."""
    reader = Reader(data, WORDS["replies"])
    code = reader.one_of((400, 401, 403, 404, 408, 429, 499, 500, 503, 504, 200, 302))
    body = reader.value()
    headers = {"retry-after": reader.text(), "retry-after-ms": reader.text()}
    for of_error in (gemini_errors.of_error, openai_errors.of_error):
        problem = of_error(code, body, Scrub("secret-key"), headers)
        holds("\n" not in str(problem) and "secret-key" not in str(problem), problem)
        is_storable(str(problem))
    words = reader.text()
    for seconds in (delays.in_words(words), delays.in_headers(headers)):
        holds(seconds is None or seconds >= 0, seconds)


def quotation(data: bytes) -> None:
    """The mark around others' texts stands in none of them."""
    value = Reader(data).value()
    listed = value if isinstance(value, list) else [value]
    texts = [valid_text(it) for it in listed if isinstance(it, str)]
    mark = quotation_for(texts)
    holds(not any(mark.token in text for text in texts))
    holds(quotation_for(reversed(texts)) == mark)


def _is_a_reply(reply: Reply) -> None:
    holds(isinstance(reply.text, str))
    holds(Usage.model_validate(reply.usage.model_dump()) == reply.usage)
    is_storable(f"{reply.model_version} {reply.detail}")


def _parsed(text: str, ranking: bool) -> None:  # noqa: FBT001 - drawn by the fuzzer
    rubric = RUBRICS["mm-rlhf"]
    try:
        answers = parse(text, rubric=rubric, labels=LABELS, ranking=ranking)
    except Unparsable as refused:
        again = repair_request(REQUEST, text, refused.problem)
        is_storable(str(again))
        return
    holds(tuple(answer.label for answer in answers) == LABELS)
    scales = {metric.name: metric for metric in rubric.metric}
    for answer in answers:
        holds(answer.scores.keys() == scales.keys())
        for name, score in answer.scores.items():
            holds(type(score) is int and scales[name].min <= score <= scales[name].max, score)
        for reason in answer.reasons.values():
            is_storable(reason)
            holds(len(reason) <= LONGEST_REASON)
    ranked = [label for tier in tiers(answers) for label in tier]
    holds(sorted(ranked) == (list(LABELS) if ranking else []))


def _json(value: Any) -> str:
    return json.dumps(value, default=repr)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "judge_reply": judge_reply,
    "judge_object": judge_object,
    "expansion": expansion,
    "check": check,
    "gemini_result": gemini_result,
    "chat_completion": chat_completion,
    "server_error": server_error,
    "quotation": quotation,
}
