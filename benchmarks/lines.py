"""Votes as JSON lines: journals as `annotate` writes them, and the long table of ratings."""

import json
from collections.abc import Iterator
from itertools import product

from benchmarks.votes import AT, KINDS, METRICS, RATERS, RUBRIC, STEPS, VERSIONS, Votes

SCORES = {
    values: json.dumps(
        {metric: float(value) for metric, value in zip(METRICS, values, strict=True)},
        separators=(",", ":"),
    )
    for values in product(range(STEPS), repeat=len(METRICS))
}


def journal_lines(votes: Votes) -> Iterator[str]:
    """One line an event, with the fields at their default left out."""
    time = AT.strftime("%Y-%m-%dT%H:%M:%SZ")
    rubric = f'"rubric_id":"{RUBRIC.rubric_id}","rubric_hash":"{RUBRIC.rubric_hash}"'
    for event, prompt, rater, answers, values in votes.plain():
        version = f',"version":"{VERSIONS[rater]}"' if VERSIONS[rater] else ""
        told = ",".join(
            f'{{"candidate_id":"{answer}","position":{place},"scores":{SCORES[tuple(scored)]}}}'
            for place, (answer, scored) in enumerate(zip(answers, values, strict=True))
        )
        yield (
            f'{{"event_id":"{event}","at":"{time}","prompt_id":"{prompt}",'
            f'"rater":{{"kind":"{KINDS[rater]}","id":"{RATERS[rater]}"{version}}},'
            f'{rubric},"answers":[{told}]}}\n'
        )


def rating_lines(votes: Votes) -> Iterator[str]:
    """One line an event, answer and metric."""
    ends = [
        [f'"metric":"{metric}","value":{value}}}\n' for value in range(STEPS)] for metric in METRICS
    ]
    for _event, prompt, rater, answers, values in votes.plain():
        by = f'"rater":"{RATERS[rater]}","kind":"{KINDS[rater]}",'
        for answer, scored in zip(answers, values, strict=True):
            start = f'{{"prompt_id":"{prompt}","candidate_id":"{answer}",{by}'
            for end, value in zip(ends, scored, strict=True):
                yield start + end[value]
