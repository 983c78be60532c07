"""Who rates a prompt: the draw, then the first rule that holds, then the default."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.overlap import WHOLE, draw_of
from annotate.routing import Case, Routing, can_be_drawn, choose, wish
from schemas.base import content_id
from schemas.config import Config
from schemas.config_routing import RouteRule
from schemas.route import RouteTo

P = content_id("a prompt")
TARGETS: tuple[RouteTo, ...] = get_args(RouteTo)


def rule(to: RouteTo, raters: int = 1, name: str | None = None) -> RouteRule:
    return RouteRule(name=name, when="true", to=to, raters=raters)


def routing(*rules: RouteRule, default: RouteTo = "judge", raters: int = 1) -> Routing:
    return Routing(rules, default, raters, seed=0)


def case(**given: Any) -> Case:
    return Case(P, **{"n_answers": 4, **given})


ROUTINGS = st.builds(
    Routing,
    st.lists(st.builds(rule, st.sampled_from(TARGETS), st.integers(1, 3)), max_size=3).map(tuple),
    st.sampled_from(TARGETS),
    st.integers(1, 3),
    st.just(0),
)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Case, Routing, int, bool]:
    settings = draw(ROUTINGS)
    rule_no = draw(st.none() | st.integers(0, max(0, len(settings.rules) - 1)))
    found = Case(
        draw(st.integers(0, 30).map(content_id)),
        draw(st.integers(0, 4)),
        rule_no if settings.rules else None,
        draw(st.booleans()),
        draw(st.sampled_from([None, "next", "overlap", "default"])),
        draw(st.sampled_from([0, WHOLE // 20, WHOLE])),
    )
    return found, settings, draw(st.sampled_from([0, WHOLE // 3, WHOLE])), draw(st.booleans())


@given(situations())
def test_every_prompt_gets_one_route_with_raters_where_people_are_asked(
    given: tuple[Case, Routing, int, bool],
) -> None:
    found, settings, reach, picked = given
    choice = choose(found, settings, reach, picked=picked)
    assert choice.to in TARGETS
    assert (choice.raters > 0) == (choice.to in ("human", "both"))
    assert choice.rule


@given(situations())
def test_exactly_the_prompts_below_their_threshold_are_of_the_overlap(
    given: tuple[Case, Routing, int, bool],
) -> None:
    found, settings, reach, picked = given
    choice = choose(found, settings, reach, picked=picked)
    below = draw_of(found.prompt_id, 0) < choice.threshold
    assert choice.overlap == (below and can_be_drawn(found, settings))
    assert choice.overlap == (choice.rule == "overlap")
    assert choice.threshold >= found.before


@given(situations())
def test_the_draw_takes_no_notice_of_rules_scores_and_votes(
    given: tuple[Case, Routing, int, bool],
) -> None:
    """Of two cases that differ in what rules and judges said, both are drawn or neither."""
    found, settings, reach, _ = given
    other = found._replace(rule_no=None, blocked=not found.blocked, before_rule="next")
    if can_be_drawn(found, settings) and can_be_drawn(other, settings):
        one, two = choose(found, settings, reach), choose(other, settings, reach)
        assert (one.overlap, one.threshold) == (two.overlap, two.threshold)


@given(situations())
def test_being_drawn_or_picked_takes_no_rater_away(
    given: tuple[Case, Routing, int, bool],
) -> None:
    found, settings, reach, picked = given
    asked = wish(found, settings)
    choice = choose(found, settings, reach, picked=picked)
    assert choice.raters >= asked.raters
    if asked.to in ("judge", "both"):
        assert choice.to in ("judge", "both")


def test_the_rule_that_holds_goes_before_the_default() -> None:
    settings = routing(rule("human", 3, "hard"), rule("none"), default="both", raters=2)
    assert wish(case(rule_no=0), settings) == ("human", 3, "hard")
    assert wish(case(rule_no=1), settings) == ("none", 0, "2")
    assert wish(case(), settings) == ("both", 2, "default")


def test_raters_of_a_rule_that_asks_nobody_are_none() -> None:
    assert wish(case(rule_no=0), routing(rule("judge", 5))).raters == 0


def test_a_blocked_prompt_goes_to_people_unless_a_rule_says_nobody() -> None:
    settings = routing(rule("judge"), rule("none"), rule("both", 3), default="judge", raters=2)
    assert wish(case(blocked=True), settings) == ("human", 2, "blocked")
    assert wish(case(blocked=True, rule_no=0), settings) == ("human", 2, "blocked")
    assert wish(case(blocked=True, rule_no=1), settings) == ("none", 0, "2")
    assert wish(case(blocked=True, rule_no=2), settings) == ("human", 3, "blocked")


def test_a_prompt_without_answers_goes_to_nobody() -> None:
    settings = routing(rule("human"))
    assert choose(case(n_answers=0, rule_no=0), settings, WHOLE)[1:4] == ("none", 0, "unanswered")


def test_a_drawn_prompt_goes_to_both_whatever_its_rule() -> None:
    settings = routing(rule("human", 3), raters=2)
    assert choose(case(rule_no=0), settings, WHOLE)[1:] == ("both", 3, "overlap", True, WHOLE)
    assert choose(case(), settings, WHOLE)[1:] == ("both", 2, "overlap", True, WHOLE)


def test_one_answer_is_never_drawn() -> None:
    assert choose(case(n_answers=1), routing(), WHOLE)[1:] == ("judge", 0, "default", False, 0)


def test_what_nobody_rates_is_never_drawn_and_keeps_its_probability() -> None:
    settings = routing(rule("none"))
    assert choose(case(rule_no=0, before=WHOLE // 2), settings, WHOLE)[1:] == (
        *("none", 0, "1", False),
        WHOLE // 2,
    )


@pytest.mark.parametrize(
    ("settings", "drawn"),
    [
        (routing(default="judge"), True),
        (routing(default="both"), True),
        (routing(rule("judge"), default="human"), True),
        (routing(rule("both"), default="human"), True),
        (routing(default="human"), False),
        (routing(rule("human"), default="human"), False),
        (routing(rule("none"), default="human"), False),
    ],
)
def test_an_overlap_needs_a_judge(settings: Routing, *, drawn: bool) -> None:
    assert can_be_drawn(case(), settings) == drawn
    assert choose(case(), settings, WHOLE).overlap == drawn


def test_a_picked_prompt_goes_to_people_too_but_is_no_overlap() -> None:
    picked = choose(case(), routing(raters=2), 0, picked=True)
    assert picked[1:] == ("both", 2, "next", False, 0)


def test_what_was_picked_stays_picked_until_a_rule_asks_otherwise() -> None:
    settings = routing(rule("human", 3))
    assert choose(case(before_rule="next"), settings, 0).rule == "next"
    assert choose(case(before_rule="next", rule_no=0), settings, 0).rule == "1"


def test_settings_come_from_the_config() -> None:
    config = Config.model_validate(
        {
            "route": {"default": "both", "seed": 5, "rule": [{"when": "true", "to": "none"}]},
            "label_studio": {"raters": 2},
        }
    )
    assert Routing.of(config) == Routing(config.route.rule, "both", 2, 5)
