"""Who rates a prompt: the overlap first, then the first rule that holds, then the default.

Values in, values out: what is known of a prompt is gathered in curate/routing, and so is the rule
that holds for it.
"""

from dataclasses import dataclass
from typing import NamedTuple

from annotate.overlap import draw_of
from schemas.config import Config
from schemas.config_routing import RouteRule
from schemas.route import RouteTo

TO_PEOPLE: tuple[RouteTo, ...] = ("human", "both")
TO_JUDGE: tuple[RouteTo, ...] = ("judge", "both")
FEWEST_TO_DRAW = 2
"""One answer makes no pair, so nothing could be compared on it."""


class Case(NamedTuple):
    """What is known of one prompt.

    `rule_no` is the first rule that holds, from 0, None where none does. `blocked` says that a
    judge was refused for good. `before_rule` and `before` are what decided at the last routing and
    the prompt's threshold then, None and 0 where it is new. `selected` is false where prompts were
    selected and this one was not.
    """

    prompt_id: str
    n_answers: int
    rule_no: int | None = None
    blocked: bool = False
    before_rule: str | None = None
    before: int = 0
    selected: bool = True


class Choice(NamedTuple):
    """Who rates one prompt: the decided columns of its row in routes.parquet."""

    prompt_id: str
    to: RouteTo
    raters: int
    rule: str
    overlap: bool
    threshold: int


class Wish(NamedTuple):
    """What rules or default ask for; `raters` is 0 where no person is asked."""

    to: RouteTo
    raters: int
    rule: str


@dataclass(frozen=True, slots=True)
class Routing:
    """The settings: rules in their order, the default, people asked where no rule says how many."""

    rules: tuple[RouteRule, ...]
    default: RouteTo
    raters: int
    seed: int

    @classmethod
    def of(cls, config: Config) -> "Routing":
        """The settings of a config."""
        route = config.route
        return cls(route.rule, route.default, config.label_studio.raters, route.seed)

    @property
    def asks_judge(self) -> bool:
        """Whether a judge rates anything: without one there is nothing to hold to people."""
        return any(to in TO_JUDGE for to in (self.default, *(rule.to for rule in self.rules)))


def wish(case: Case, routing: Routing) -> Wish:
    """What is asked for a prompt before any draw. A blocked one goes to people, or nobody."""
    if not case.selected:
        return Wish("none", 0, "not_selected")
    if not case.n_answers:
        return Wish("none", 0, "unanswered")
    found = _wish_of_rules(case.rule_no, routing)
    if case.blocked and found.to != "none":
        return Wish("human", max(found.raters, routing.raters), "blocked")
    return found


def can_be_drawn(case: Case, routing: Routing) -> bool:
    """Whether a prompt is one of those the overlap is drawn from.

    Prompts that nobody rates are not: they make no pair that the overlap would have to speak for.
    """
    return (
        routing.asks_judge and case.n_answers >= FEWEST_TO_DRAW and wish(case, routing).to != "none"
    )


def choose(case: Case, routing: Routing, threshold: int, *, picked: bool = False) -> Choice:
    """Who rates a prompt, given the threshold of the overlap.

    `picked` sends a prompt of the judge's to people as well, as being picked earlier does. Being
    drawn or picked takes no rater away, and only what is drawn is of the overlap.
    """
    asked = wish(case, routing)
    if not can_be_drawn(case, routing):
        return Choice(case.prompt_id, *asked, overlap=False, threshold=case.before)
    reach = max(case.before, threshold)
    if draw_of(case.prompt_id, routing.seed) < reach:
        raters = max(asked.raters, routing.raters)
        return Choice(case.prompt_id, "both", raters, "overlap", overlap=True, threshold=reach)
    if asked.to == "judge" and (picked or case.before_rule == "next"):
        asked = Wish("both", routing.raters, "next")
    return Choice(case.prompt_id, *asked, overlap=False, threshold=reach)


def _wish_of_rules(rule_no: int | None, routing: Routing) -> Wish:
    if rule_no is None:
        asks_people = routing.default in TO_PEOPLE
        return Wish(routing.default, routing.raters if asks_people else 0, "default")
    rule = routing.rules[rule_no]
    raters = rule.raters if rule.to in TO_PEOPLE else 0
    return Wish(rule.to, raters, rule.name or str(rule_no + 1))
