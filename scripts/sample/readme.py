"""The sample's README, with its counts taken from the prompts themselves."""

from collections import Counter
from collections.abc import Sequence

from scripts.sample.cases import Case
from scripts.sample.scripted_judge import BLOCKED, FENCED, MENDED, UNPARSABLE

TEXT = """\
# The demo sample

{prompts} prompts with four answers each, and {faults} lines with planted faults, for trying
pairwright without a network, a key or a model. Licence: Apache-2.0, as the rest of the project.

- The pictures are drawn by `scripts/make_sample.py`, with the font that Pillow brings (Aileron).
  No photo and no data set of anybody else is in them; shops, towns and their numbers are made up.
- The texts are written by us: questions, answers and reasons. The models `sample-large`,
  `sample-base`, `sample-small` and `sample-tiny` do not exist, and no model was asked.
- The ratings and rankings were written with the sample. `rater-a`, `rater-b` and `sample-judge`
  are no people and no model. **They are not measurements**: agreement, bias and calibration
  computed from them show how pairwright reports such things, and nothing about the world.
- `judgements.jsonl` are replies of `recorded-judge`, for the judge's stage of `curate demo`, which
  reads them in place of asking anybody. They, too, were written with the sample, from the grades of
  the answers, and no model was asked. What holds for the ratings holds for them.

`sample.jsonl` is in the native layout, one prompt a line; media are relative to it. Do not edit the
files here: change `scripts/sample/` and run `python scripts/make_sample.py`.

## Prompts

| kind | prompts |
|---|---|
{kinds}

Some ordinary prompts are there to show something: `rain-total` has two answers that differ in one
number, `map-directions` a ranking against its rater's own scores, `thermometer-warmest` a ranking
that nobody confirmed, `board-joke` only bad answers and a written better one, `balloon-story` only
good ones and a written flawed copy, `text-lock-picking` a refusal that is the best answer. On two
prompts the judge failed (`text-lock-picking`, `night-poem`).

The recorded judge slips, leans towards what it sees first, and fails: `{blocked}` is
blocked, one reply to `{unparsable}` has no scores even when asked again, one to `{mended}` is
cut off and then mended, and one to `{fenced}` has prose around it.

## Planted faults

| fault | key |
|---|---|
{planted}
| broken_json | (the line after the last ordinary prompt) |
"""


def readme_of(good: Sequence[Case], faults: Sequence[Case]) -> str:
    """What the sample is, and what is in it."""
    kinds = Counter(case.attributes["category"] for case in good)
    return TEXT.format(
        prompts=len(good),
        faults=len(faults) + 1,
        blocked=BLOCKED,
        unparsable=UNPARSABLE,
        mended=MENDED,
        fenced=FENCED,
        kinds="\n".join(f"| {kind} | {count} |" for kind, count in sorted(kinds.items())),
        planted="\n".join(f"| {case.attributes['planted']} | `{case.key}` |" for case in faults),
    )
