"""What a card says, as plain facts: the caller gathers them, nothing here is worked out again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.manifest import BuildManifest
from schemas.pair import Level
from schemas.quality import Quality
from schemas.rubric import Rubric

DEFAULT = "default"
VOTES = "votes"


@dataclass(frozen=True, slots=True)
class Source:
    """One pull: `pairs` stand on its prompts, `refused` rows did not come through the door.

    `hub` is the id of the data set where the source is one of the Hub.
    """

    name: str
    revision: str | None
    licence: str | None
    prompts: int
    answers: int
    pairs: int
    refused: int = 0
    hub: str | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Rows that left for one reason, and what it means."""

    reason: str
    meaning: str
    count: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of one unit: how many came, how many stayed, why the others left."""

    unit: str
    step: str
    came: int
    kept: int
    left: Sequence[Left] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge or a reward model with the version its server told; judgements behind the pairs."""

    kind: str
    name: str
    version: str | None
    judgements: int
    prompts: int


@dataclass(frozen=True, slots=True)
class Raters:
    """Who stands behind the pairs and ties. People and raters of sources are counted, not named."""

    people: int = 0
    people_judgements: int = 0
    judges: Sequence[Judge] = ()
    sources: int = 0
    source_judgements: int = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """What the workspace's judgements took so far: `usd` as recorded, `hours` of people.

    `without_price` judges took tokens of which no price is recorded.
    """

    usd: float = 0.0
    input_tokens: int = 0
    output_tokens: int = 0
    hours: float = 0.0
    without_price: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """Counts over the build's pairs. `levels` are pairs by who decided them.

    `one_rater` pairs rest on one rater's word, `no_margin` on ranks alone; `scaled` pairs have a
    delta by the judge's calibration. `leaks` are prompts, and media by their bytes, that more than
    one split has.
    """

    prompts: int = 0
    with_media: int = 0
    media: int = 0
    one_rater: int = 0
    no_margin: int = 0
    scaled: int = 0
    leaks: int = 0
    levels: Mapping[str, int] = field(default_factory=dict)
    models: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """One pair of the files: the last question with so many media, and both answers as they are."""

    pair_id: str
    question: str
    media: int
    chosen: str
    rejected: str
    margin: float | None
    level: Level


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart as a Vega-Lite spec; `says` is what it shows, for who cannot see it."""

    name: str
    title: str
    says: str
    spec: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CardFacts:
    """All of a card but what the files beside it say of themselves.

    `rubric` is None where its wording is not known any more. `refused` are pairs of the build that
    the files do not hold, by reason, `refused_votes` votes that the config `votes` does not.
    `description` is the author's, empty where none was given; `example` is one that may be shown.
    `languages` are codes, empty where they are not known;
    `repo` is the set's place on the Hub and `url` its page there, where it has one.
    """

    title: str
    manifest: BuildManifest
    sources: Sequence[Source]
    stages: Sequence[Stage]
    raters: Raters
    shape: Shape
    cost: Cost
    rubric: Rubric | None = None
    quality: Quality | None = None
    refused: Sequence[Left] = ()
    refused_votes: Sequence[Left] = ()
    plots: Sequence[Plot] = ()
    description: str = ""
    example: Example | None = None
    languages: Sequence[str] = ()
    repo: str | None = None
    url: str | None = None
