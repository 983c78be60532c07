"""What the judge will cost on the prompts routed to it, in US dollars.

Its tokens are counted from the texts of all prompts that go to it, each once from nothing:
what is in a journal already is not asked again, and `curate judge --dry-run` says what is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from annotate.prompting.view import MODE_SIZES, JudgeView
from annotate.routing import TO_JUDGE
from annotate.running.call import Tokens
from annotate.spending.estimate import MARGIN, Load, estimate, total
from curate.engines.duckdb import DuckDBEngine
from curate.judge.loads import Loads
from curate.judge.members import Member, members_of
from curate.judge.prices import prices_of, unpriced
from curate.judge.questions import n_judgements
from curate.judge.traffic import traffic_of
from curate.routing.token_counts import TOKEN_COUNTS
from curate.settings import Settings
from schemas.candidate import Medium, Message, Part

NOTHING = Load(0, 0, 0, Tokens(0, 0))
ASKED = (Message(role="user", parts=(Part(type="text", text=""),)),)


@dataclass(frozen=True, slots=True)
class JudgeCost:
    """US dollars for all that goes to the judge; null where they cannot be known."""

    expected_usd: Decimal | None
    worst_usd: Decimal | None
    warnings: tuple[str, ...] = ()


def judge_cost(engine: DuckDBEngine, settings: Settings, today: date) -> JudgeCost:
    """The dollars of the table `decisions`, at the prices of a day. Raises ConfigError."""
    if not any(to in TO_JUDGE for _rule, to, *_ in engine.rows("route/counts")):
        return JudgeCost(Decimal(0), Decimal(0))
    section = settings.config.judge
    if section.model is None and not section.jury:
        warning = "[judge] names no model, so its dollars are not known"
        return JudgeCost(None, None, (warning,))
    members = members_of(section)
    prices = prices_of(members, section, today, under_cap=False)
    if warnings := unpriced(prices, today):
        return JudgeCost(None, None, tuple(warnings))
    loads = _loads(engine, settings, members)
    found = [
        estimate(loads[member], price, traffic_of(section), latency=0, tier=section.tier)
        for member, price in prices.items()
    ]
    return JudgeCost(
        total(one.expected_usd for one in found), total(one.worst_usd for one in found)
    )


def _loads(
    engine: DuckDBEngine, settings: Settings, members: tuple[Member, ...]
) -> Mapping[Member, Load]:
    section = settings.config.judge
    engine.values |= {
        "use_reference": section.use_reference,
        "by_size": any(member.provider == "openai" for member in members),
    }
    engine.map("route/judge_texts", TOKEN_COUNTS, "text_tokens")
    sizes, media = engine.rows("route/judge_sizes"), engine.rows("route/judge_media")
    counted = {member: Counter(member, settings) for member in members}
    return {
        member: sum(
            (*(counter.words(*row) for row in sizes), *(counter.pictures(*row) for row in media)),
            NOTHING,
        )
        for member, counter in counted.items()
    }


class Counter:
    """Loads of one judge, from sums over prompts with the same number of answers."""

    def __init__(self, member: Member, settings: Settings) -> None:
        self._section, self._rubric = settings.config.judge, settings.rubric
        self._loads = Loads(member, self._section, self._rubric)

    def words(
        self, n_answers: int, n_prompts: int, question_tokens: int, answer_tokens: int
    ) -> Load:
        """The calls about so many prompts, without their pictures."""
        calls = self._calls(n_answers)
        if not calls:
            return NOTHING
        shown = self._shown(n_answers)
        empty = self._loads.of(self._view(shown), ())
        tokens = question_tokens * calls + answer_tokens * calls * shown // n_answers
        return _times(empty, n_prompts * calls) + _tokens(tokens, tokens * MARGIN)

    def pictures(
        self,
        n_answers: int,
        kind: str,
        n_frames: int,
        width: int | None,
        height: int | None,
        n_media: int,
    ) -> Load:
        """The tokens of so many pictures or videos of one size, in all calls."""
        calls = self._calls(n_answers)
        if not calls:
            return NOTHING
        medium = Medium.model_validate(
            {"kind": kind, "frames": ("",) * n_frames, "width": width, "height": height}
        )
        view = self._view(self._shown(n_answers))
        each = self._loads.of(view, (medium,)).input_tokens - self._loads.of(view, ()).input_tokens
        return _tokens(each * n_media * calls, each * n_media * calls)

    def _calls(self, n_answers: int) -> int:
        """Calls about one prompt; none where it has too few answers for the mode, or too many."""
        fewest, most = MODE_SIZES[self._section.mode]
        fits = n_answers >= fewest and (self._section.mode != "listwise" or n_answers <= most)
        return n_judgements(self._section, n_answers) if fits else 0

    def _shown(self, n_answers: int) -> int:
        """Answers in one call."""
        return {"listwise": n_answers, "pairwise": 2, "pointwise": 1}[self._section.mode]

    def _view(self, n_answers: int) -> JudgeView:
        reference = "" if self._section.use_reference else None
        answers = ("",) * n_answers
        return JudgeView(ASKED, (), answers, self._rubric, self._section.mode, reference)


def _tokens(expected: int, worst: int) -> Load:
    return Load(0, expected, 0, Tokens(worst, 0))


def _times(load: Load, count: int) -> Load:
    worst = Tokens(load.worst.input * count, load.worst.output * count)
    return Load(load.calls * count, load.input_tokens * count, load.output_tokens * count, worst)
