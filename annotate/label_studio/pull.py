"""An annotation as an event: what the page's controls say, read by the scales it was made for.

Nothing an annotation holds raises: what cannot be read is left out and named in `faults`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from annotate.label_studio import names
from annotate.label_studio.pull_about import About
from annotate.label_studio.pull_ranking import Order, order_of
from annotate.label_studio.pull_scores import answers_of
from annotate.label_studio.pull_values import Controls, controls_of
from annotate.label_studio.review_read import reviewed
from annotate.label_studio.safe_text import storable
from schemas.base import content_id
from schemas.candidate import Candidate, candidate_id_of
from schemas.event import Event, Rater, Usage

SOURCE = "label-studio"
LONGEST_SECONDS = 1e9

RaterOf = Callable[[object], str]
"""The pseudonym of who is named by `completed_by`."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What an annotation says: `event` is null where that is nothing; `written` a new answer."""

    event: Event | None = None
    written: Candidate | None = None
    faults: tuple[str, ...] = ()
    skipped: bool = False


def vote_id_of(annotation: Mapping[str, Any]) -> str:
    """The id of an annotation through all its edits; another server's numbers do not meet it."""
    return content_id([SOURCE, told(annotation, "id"), told(annotation, "created_at")])


def event_id_of(annotation: Mapping[str, Any]) -> str:
    """The id of an annotation as it stands now: reading it twice gives one event."""
    return content_id([vote_id_of(annotation), told(annotation, "updated_at")])


def told(found: Mapping[str, Any], name: str) -> str:
    """A value that a server gave, as a text that can be stored; of a list or an object its type."""
    value = found.get(name)
    plain = value is None or isinstance(value, str | int | float)
    return storable(str(value) if plain else type(value).__name__)


def vote_of(about: About, annotation: Mapping[str, Any], rater_of: RaterOf) -> Vote:
    """The event of an annotation of a task that is about `about`. A skip is no vote."""
    if annotation.get("was_cancelled"):
        return Vote(skipped=True)
    at = _time_of(annotation)
    if at is None:
        return Vote(faults=("unreadable_time",))
    controls = controls_of(annotation.get("result"))
    rater = rater_of(annotation.get("completed_by"))
    review = about.purpose == "review"
    read = reviewed(controls, about, rater) if review else _read(controls, about, rater)
    if not read:
        return Vote(faults=tuple(controls.faults))
    written: Candidate | None = read.pop("written", None)
    event = Event(
        event_id=event_id_of(annotation),
        at=at,
        prompt_id=about.prompt_id,
        rater=Rater(kind="human", id=rater),
        rubric_id=about.rubric_id,
        rubric_hash=about.rubric_hash,
        usage=_usage(controls, annotation.get("lead_time")),
        **read,
    )
    return Vote(event, written, tuple(controls.faults))


def _time_of(annotation: Mapping[str, Any]) -> datetime | None:
    """When the annotation was last changed; null for what is no moment that UTC has."""
    try:
        at = datetime.fromisoformat(told(annotation, "updated_at"))
        at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo else None


def _read(controls: Controls, about: About, rater: str) -> dict[str, Any]:
    """The fields of the event that the page's controls fill, and the written answer.

    Empty where nothing was said.
    """
    flags = controls.chosen(names.FLAGS)
    order, answers = order_of(controls, about), answers_of(controls, about)
    rationale = controls.text(names.RATIONALE)
    better, flawed = controls.text(names.BETTER), controls.text(names.FLAWED)
    if controls.unread:
        controls.fault("unknown_control")
    if any(flag not in names.FLAG_NAMES for flag in flags):
        controls.fault("unknown_flag")
    if set(flags) & set(names.CANNOT_RATE):  # the page hid the rest; it is of an earlier mind
        order, answers, rationale = Order(None, None), (), None
    tiers, written = _tiers(controls, about, order, better, flawed)
    known = tuple(names.FLAG_NAMES[it] for it in flags if it in names.FLAG_NAMES)
    if not (answers or tiers or rationale or known):
        controls.fault("empty")
        return {}
    return {
        "answers": answers,
        "tiers": tiers,
        "verdict": order.verdict,
        "confirmed": order.confirmed,
        "rationale": rationale,
        "flags": known,
        "written": written,
        "final": _is_final(controls, about, rater),
    }


def _is_final(controls: Controls, about: About, rater: str) -> bool:
    """Whether the vote decides alone: the named expert's on an adjudication."""
    if about.purpose != "adjudication":
        return False
    if rater != about.expert:
        controls.fault("not_the_expert")
        return False
    return True


def _tiers(
    controls: Controls, about: About, order: Order, better: str | None, flawed: str | None
) -> tuple[tuple[tuple[str, ...], ...] | None, Candidate | None]:
    """The tiers by candidate, the written answer in its place: above all bad, below all good."""
    if order.tiers is None:
        return None, None
    tiers = tuple(about.ids(tier) for tier in order.tiers)
    if order.verdict not in {"all_bad", "all_good"}:
        return tiers, None
    text = better if order.verdict == "all_bad" else flawed
    if text is None:
        controls.fault("written_missing")
        return tiers, None
    written = Candidate(
        prompt_id=about.prompt_id,
        candidate_id=candidate_id_of(about.prompt_id, text),
        response=text,
        origin="written",
        source=SOURCE,
    )
    if written.candidate_id in about.candidate_ids:
        controls.fault("written_is_shown")
        return tiers, None
    own = ((written.candidate_id,),)
    return (own + tiers if order.verdict == "all_bad" else tiers + own), written


def _usage(controls: Controls, seconds: object) -> Usage | None:
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        controls.fault("unreadable_lead_time")
        return None
    if not (0 <= seconds <= LONGEST_SECONDS):
        controls.fault("unreadable_lead_time")
        return None
    return Usage(seconds=float(seconds))
