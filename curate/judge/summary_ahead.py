"""What people and programs read before a run: what it would take, and what it would send."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from curate.console import Console
from curate.judge.dry_run import DryRun
from curate.judge.preview import Previewed, payload
from curate.plain import settings_text
from schemas.counted import counted
from schemas.errors import UsageError


def show_dry_run(console: Console, found: DryRun) -> None:
    """Say calls, tokens, dollars, time and pairs of what is left to do."""
    tally = found.tally
    console.say(
        f"{tally.left:,} of {tally.planned:,} items are still to be rated; "
        f"{tally.cached:,} came before."
    )
    console.table("Not to be rated", ("reason", "items"), sorted(tally.failed.items()))
    console.table(
        "What is left",
        ("judge", "calls", "tokens in", "tokens out", "expected $", "at worst $", "time"),
        [
            (
                member.rater_id,
                work.estimate.calls,
                work.estimate.input_tokens,
                work.estimate.output_tokens,
                usd_text(work.estimate.expected_usd),
                usd_text(work.estimate.worst_usd),
                duration(work.estimate.seconds),
            )
            for member, work in found.by_judge.items()
        ],
    )
    console.say(_basis(found))
    console.say(_pairs(found))
    console.say(_money(found))
    for warning in found.warnings:
        console.warn(warning)
    console.result(dry_run_payload(found))


def dry_run_payload(found: DryRun) -> dict[str, Any]:
    """The numbers of a dry run."""
    return {
        "planned": found.tally.planned,
        "cached": found.tally.cached,
        "failed": dict(found.tally.failed),
        "left": found.tally.left,
        "calls": sum(work.estimate.calls for work in found.by_judge.values()),
        "input_tokens": sum(work.estimate.input_tokens for work in found.by_judge.values()),
        "output_tokens": sum(work.estimate.output_tokens for work in found.by_judge.values()),
        "expected_usd": number(found.expected_usd),
        "worst_usd": number(found.worst_usd),
        "seconds": sum(work.estimate.seconds for work in found.by_judge.values()),
        "by_judge": {
            member.rater_id: {
                "calls": work.estimate.calls,
                "expected_usd": number(work.estimate.expected_usd),
                "worst_usd": number(work.estimate.worst_usd),
                "seconds": work.estimate.seconds,
                "measured": work.measured,
            }
            for member, work in found.by_judge.items()
        },
        "prompts": found.prompts,
        "pairs": found.pairs,
        "usd_per_pair": number(_each(found)),
        "forecast": {
            "basis": found.forecast.basis,
            "prompts": found.forecast.prompts,
            "pairs_a_prompt": found.forecast.pairs_a_prompt,
        },
        **money(found.cap_usd, found.spent_usd),
        "warnings": found.warnings,
    }


def show_preview(console: Console, found: Sequence[Previewed]) -> None:
    """Print each request, with paths in the place of its pictures. Raises UsageError for none."""
    if not found:
        raise UsageError("nothing is to be judged", "see curate status")
    for one in found:
        console.say(f"=== prompt {one.prompt_id}, as {one.rater} would be asked ===")
        if one.request is None:
            console.say(f"Not asked: {one.fault}")
            continue
        console.say(f"--- system ---\n{one.request.system}")
        for role, parts in one.turns:
            console.say(f"--- {role} ---")
            for part in parts:
                console.say(part if isinstance(part, str) else f"[picture: {part}]")
        console.say(f"--- schema ---\n{json.dumps(dict(one.request.schema or {}))}")
        settings = {
            **one.settings,
            "max_output_tokens": one.request.max_output_tokens,
            "temperature": one.request.temperature,
            "seed": one.request.seed,
        }
        console.say(f"--- settings ---\n{settings_text(settings)}\n")
    console.result({"requests": [payload(one) for one in found]})


def money(cap_usd: Decimal | None, spent_usd: Decimal) -> dict[str, float | None]:
    """The cap, what is spent of it and what is left; null without a cap."""
    left = None if cap_usd is None else max(Decimal(0), cap_usd - spent_usd)
    return {
        "budget_usd": number(cap_usd),
        "spent_usd": float(spent_usd),
        "left_usd": number(left),
    }


def number(amount: Decimal | None) -> float | None:
    """Dollars for programs."""
    return None if amount is None else float(amount)


def usd_text(amount: Decimal | None) -> str:
    """Dollars for people; those of a judge without a price nobody knows."""
    return "unknown" if amount is None else f"{amount:.4f}"


def duration(seconds: float) -> str:
    """Seconds in the largest units that say enough: `45 s`, `12 min`, `3 h 20 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


def _basis(found: DryRun) -> str:
    measured = sum(work.measured for work in found.by_judge.values())
    if measured:
        there = counted(measured, "judgement there is", "judgements there are")
        return f"Tokens out are as in the {there}."
    return "Tokens out are a rule of thumb: run --limit 50 first, then they are measured."


def _each(found: DryRun) -> Decimal | None:
    """The dollars of a pair, null where they are not known and where no pair is to be expected."""
    usd = found.expected_usd
    return usd / found.pairs if usd is not None and found.pairs else None


def _pairs(found: DryRun) -> str:
    guess, each = found.forecast, _each(found)
    cost = f", ${each:.4f} each" if each is not None else ", dollars unknown" if found.pairs else ""
    basis = (
        f"as {counted(guess.prompts, 'judged prompt')} gave"
        if guess.basis == "pilot"
        else "as mllm-dpo kept 44 % of its groups; 50 judged prompts would say more"
    )
    return f"Pairs to expect: about {found.pairs:,} of {found.prompts:,} prompts{cost} ({basis})."


def _money(found: DryRun) -> str:
    if found.cap_usd is None:
        return f"Spent so far: ${found.spent_usd:.4f}; no cap is set (--budget-usd)."
    spent = f"Spent so far: ${found.spent_usd:.4f} of ${found.cap_usd:.2f}"
    if found.worst_usd is None:
        return f"{spent}; whether what is left is enough for the worst is unknown."
    enough = "enough" if found.cap_usd - found.spent_usd >= found.worst_usd else "not enough"
    return f"{spent}; what is left is {enough} for the worst."
