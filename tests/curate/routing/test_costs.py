"""Dollars of the judge and hours of people, before either is asked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.prompting.view import JudgeView
from annotate.running.call import Tokens
from annotate.spending.estimate import Load, estimate, text_tokens
from annotate.spending.prices import price_of
from curate.judge.loads import Loads
from curate.judge.members import members_of
from curate.judge.questions import items_of
from curate.judge.traffic import traffic_of
from curate.routing.costs import JudgeCost
from curate.routing.hours import LeadTime
from curate.routing.report import RoutingReport
from curate.routing.token_counts import tokens_of
from curate.workspace import Workspace
from schemas.event import Usage
from tests.support.examples import picture
from tests.support.routing import PRICED, TODAY, routed, rule
from tests.support.workspaces import Bench, five

MODES = ["listwise", "pointwise", "pairwise"]


@pytest.fixture
def asked(bench: Bench) -> Bench:
    """Prompts with one to four answers, some with pictures, in several alphabets."""
    bench.config = PRICED
    bench.prompt("How many cups stand on the table, and how many of 12 are full?", "Three. " * 9)
    bench.prompt("Was steht dort?", "Ein Tisch.", "Nichts, 404.", "Über dem Tisch: " * 5)
    bench.prompt("\u4f55\u4eba\u3044\u307e\u3059\u304b", "\u4e09\u4eba\u3067\u3059\u3002", "2")
    bench.prompt("And here?", "a", "b", "c", "d", media=(picture(), picture("c" * 64)))
    bench.prompt("Nobody answered.")
    return bench


def cost(bench: Bench, *settings: str, today: date = TODAY) -> JudgeCost:
    """The dollars of a routing."""
    found = routed(bench, *settings, dry_run=True, today=today).cost
    assert found is not None
    return found


def prompt_by_prompt(bench: Bench, *settings: str) -> tuple[Decimal, Decimal]:
    """(expected, worst) dollars of every call that the judge would make, one after another."""
    workspace = Workspace.open(bench.root, settings)
    section, rubric = workspace.settings.config.judge, workspace.rubric
    expected, worst = Decimal(0), Decimal(0)
    for member in members_of(section):
        loads, total = Loads(member, section, rubric), Load(0, 0, 0, Tokens(0, 0))
        for text, prompt in bench.prompts.items():
            answers = [answer for of, answer in bench.candidates if of == text]
            if len(answers) < (2 if section.mode == "pairwise" else 1):
                continue
            shown = [
                order for item in items_of(section, prompt.prompt_id, answers) for order in item
            ]
            for order in shown * section.samples:
                view = JudgeView(prompt.messages, prompt.media, order, rubric, section.mode)
                total += loads.of(view, prompt.media)
        price = price_of(member.model, TODAY, section.price)
        one = estimate(total, price, traffic_of(section), latency=0, tier=section.tier)
        expected, worst = expected + (one.expected_usd or 0), worst + (one.worst_usd or 0)
    return expected, worst


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("orders", [1, 2, 3])
def test_dollars_are_those_of_every_call_together(asked: Bench, mode: str, orders: int) -> None:
    settings = (f"judge.mode={mode}", f"judge.orders={orders}", "judge.samples=2")
    found = cost(asked, *settings)
    assert (found.expected_usd, found.worst_usd) == prompt_by_prompt(asked, *settings)
    assert found.warnings == ()


def test_a_jury_costs_what_its_judges_cost_together(asked: Bench) -> None:
    asked.config = ""
    alone = [cost(asked, f"judge.model={name}") for name in ("gemini-3.8-flash", "gemini-4-argon")]
    jury = cost(asked, 'judge.jury=[{model = "gemini-3.8-flash"}, {model = "gemini-4-argon"}]')
    assert jury.expected_usd == sum(one.expected_usd or 0 for one in alone)
    assert jury.worst_usd == sum(one.worst_usd or 0 for one in alone)


def test_a_cheaper_tier_is_cheaper(asked: Bench) -> None:
    full, half = cost(asked).expected_usd, cost(asked, "judge.tier=batch").expected_usd
    assert full is not None
    assert half == full / 2


def test_an_open_judge_pays_for_pictures_by_their_size(asked: Bench) -> None:
    own = '[{model = "m", input = 1, output = 1, valid_until = 2027-01-01}]'
    settings = ("judge.provider=openai", "judge.model=m", f"judge.price={own}")
    found = cost(asked, *settings)
    assert (found.expected_usd, found.worst_usd) == prompt_by_prompt(asked, *settings)


def test_what_goes_to_people_alone_costs_no_dollars(asked: Bench) -> None:
    asked.config += rule("true", "human")
    found = cost(asked, "route.default=human")
    assert found == JudgeCost(Decimal(0), Decimal(0))


def test_where_no_judge_is_asked_none_need_be_named(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    assert cost(bench, "route.default=human") == JudgeCost(Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    ("settings", "today", "said"),
    [
        (("judge.model=unheard-of",), TODAY, "gemini/unheard-of has no price on 2026-11-25"),
        ((), date(2030, 1, 1), "gemini/gemini-3.8-flash has no price on 2030-01-01"),
    ],
)
def test_without_a_price_dollars_are_null_with_a_warning(
    asked: Bench, settings: tuple[str, ...], today: date, said: str
) -> None:
    found = cost(asked, *settings, today=today)
    assert (found.expected_usd, found.worst_usd) == (None, None)
    assert said in found.warnings[0]


def test_without_a_model_dollars_are_null_with_a_warning(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    assert cost(bench) == JudgeCost(
        None, None, ("[judge] names no model, so its dollars are not known",)
    )


@given(st.lists(st.none() | st.text(st.characters(codec="utf-8")) | st.text("0ab \u00e9\u4e09")))
def test_tokens_are_counted_as_everywhere_else(texts: list[str | None]) -> None:
    found = tokens_of(pa.array(texts, pa.string())).to_pylist()
    assert found == [0 if text is None else text_tokens(text) for text in texts]


# Hours


def timed(bench: Bench, seconds: list[float], **more: Any) -> RoutingReport:
    """A routing of ten prompts to people after votes that took so long."""
    for number in range(10):
        bench.prompt(f"q{number}", "a", "b")
    for number, one in enumerate(seconds):
        bench.vote(
            f"q{number % 10}", f"human:h{number}", {"a": five(3)}, usage=Usage(seconds=one), **more
        )
    return routed(bench, "route.default=human", dry_run=True)


def test_a_vote_takes_eight_minutes_until_twenty_were_timed(bench: Bench) -> None:
    report = timed(bench, [60.0] * 19)
    assert report.lead == LeadTime(480, 0)
    assert report.payload()["human_hours"] == 1.33


def test_from_twenty_on_it_takes_their_median(bench: Bench) -> None:
    report = timed(bench, [60.0] * 11 + [6000.0] * 9)
    assert report.lead == LeadTime(60, 20)
    assert report.payload()["human_hours"] == 0.17


def test_a_judges_seconds_are_no_persons(bench: Bench) -> None:
    for number in range(30):
        bench.prompt(f"q{number}", "a")
        bench.vote(f"q{number}", "judge:j", {"a": five(3)}, usage=Usage(seconds=1))
    assert routed(bench, dry_run=True).lead == LeadTime()


def test_hours_are_over_all_raters_wanted(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.config = rule("true", "human", raters=3)
    report = routed(bench, "route.default=human", dry_run=True)
    assert (report.votes, report.payload()["human_hours"]) == (3, 0.4)
