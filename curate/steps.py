"""The ordered plan of a build: what each step runs, as names of statements.

Every step reads tables that earlier steps left and leaves `<step>_dropped` where it drops rows. The
method is DESIGN 5; docs/methods.md works it through.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from curate.bias.steps import look_for_bias
from curate.components import components, find_cycles
from curate.engines.base import Engine
from curate.kernels.normal_form import NORMAL_FORM
from curate.length import steps as length
from curate.near.answers import drop_near_answers, measure_pairs
from curate.near.boilerplate import find_boilerplate, without_boilerplate
from curate.near.contamination import drop_contaminated
from curate.near.media import cluster_media
from curate.near.prompts import drop_near_prompts, group_prompts, tie_near_prompts
from curate.trust.rewards import read_rewards
from curate.trust.steps import hold_against_people
from schemas.counted import counted
from schemas.errors import JournalError


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `run` does it; `drops` says whether it leaves `<name>_dropped`."""

    name: str
    run: Callable[[Engine], None]
    drops: bool = False


ONE_A_PROMPT = {"mllm-dpo": "drawn_choice", "best-vs-worst": "first_choice"}
"""How a policy that gives one pair a prompt takes it of those it may."""


def load(engine: Engine) -> None:
    """Journals parsed once, ids numbered, superseded events gone. Raises JournalError."""
    _run(engine, "load", "event_log")
    _refuse_bad_lines(engine)
    _run(engine, "load", "prompt_keys", "candidate_keys", "raters", "rubric_keys")
    _run(engine, "load", "current_events", "strangers")
    engine.view("load/live_events")


def rewards(engine: Engine) -> None:
    """What reward models scored, and whose rewards give a delta. Raises ConfigError."""
    read_rewards(engine)


def media(engine: Engine) -> None:
    """What prompts show, versions of a picture as one (`looks` is given where that is asked)."""
    _run(engine, "media", "prompt_media")
    radius = engine.values["look_radius"]
    if radius is None:
        engine.run("media/exact_clusters", "clusters")
    else:
        cluster_media(engine, radius)
    if engine.values["group_by"] == "media" or engine.values["decontaminate"]:
        group_prompts(engine)


def validate(engine: Engine) -> None:
    """Ratings off their scale, votes on other prompts and double labels leave."""
    _run(engine, "validate", "rating_scales", "rubrics", "event_answers", "bad_ratings")
    _run(engine, "validate", "tier_places", "event_units", "split_answers", "double_labels")
    engine.view("validate/ratings_kept")


def dedupe(engine: Engine) -> None:
    """Copies within a prompt leave onto a survivor that no rater tells them from, and near prompts.

    Exact copies always, near ones where [dedupe] response_jaccard and prompt_jaccard say how near.
    """
    engine.map("dedupe/unplain_answers", NORMAL_FORM, "altered_forms")
    _run(engine, "dedupe", "altered", "copies", "told_apart", "survivors")
    threshold = engine.values["response_jaccard"]
    if threshold is None:
        engine.run("near_answers/no_losses", "near_losses")
    else:
        drop_near_answers(engine, threshold)
    boilerplate = engine.values["boilerplate"]
    if boilerplate is None:
        without_boilerplate(engine)
    else:
        find_boilerplate(engine, threshold, drop=boilerplate)
    engine.run("prompts/no_lost_prompts", "lost_prompts")
    engine.view("prompts/lost_rows")
    threshold = engine.values["prompt_jaccard"]
    if threshold is not None:
        drop_near_prompts(engine, threshold)


def decontaminate(engine: Engine) -> None:
    """Prompts that a benchmark has leave (`signatures` is given where there is one)."""
    if engine.values["decontaminate"]:
        drop_contaminated(engine)


def filter_rows(engine: Engine) -> None:
    """Prompts and candidates that filters name leave (`filtered_*` are given)."""
    _run(engine, "filter", "lost_candidates", "kept_candidates")


def score(engine: Engine) -> None:
    """Means per candidate, metric of a rubric, and level."""
    _run(engine, "score", "repeat_raters")
    engine.view("score/rater_values")
    _run(engine, "score", "scores")


def compare(engine: Engine) -> None:
    """Every rater's vote on every two answers compared (DESIGN 5.1 and 5.2): `speaking`."""
    engine.view("pair/answer_totals")
    engine.run_from("pair/mixed_sheets", "split_answers", "survivors")
    engine.view("pair/sheets")
    engine.view("pair/differences")
    engine.run_from("pair/repeated_votes", "repeat_raters")
    engine.view("pair/score_votes")
    _run(engine, "pair", "rank_places", "rank_votes", "rankers")
    engine.run_from("pair/ranked_votes", "rankers")
    _run(engine, "pair", "overall_prompts")
    engine.view("pair/votes")
    engine.view("pair/speaking")


def verdicts(engine: Engine) -> None:
    """What the votes on every two answers come to, those who count first deciding (DESIGN 5.3)."""
    weighted = engine.values["rater_weights"] == "reliability"
    if weighted:
        from curate.quality.weighing import weigh_raters

        weigh_raters(engine)
    engine.run("pair/no_verdicts", "verdicts")
    for (precedence,) in engine.rows("pair/precedences"):
        engine.values["precedence"] = precedence
        engine.append("weighted/verdicts" if weighted else "pair/verdicts")


def vote(engine: Engine) -> None:
    """From votes to pairs that a policy took (DESIGN 5.1 to 5.5)."""
    compare(engine)
    verdicts(engine)
    engine.view("pair/preferences")
    find_cycles(engine)
    _run(engine, "pair", "veto_rows", "veto_means", "refused")
    engine.view("pair/judged_preferences")
    engine.view("pair/preferences_left")
    _run(engine, "pair", "best")
    policy = engine.values["policy"]
    engine.run(f"policy/{policy}", "choices")
    _run(engine, "pair", "named_choices")
    engine.run(f"pair/{ONE_A_PROMPT.get(policy, 'every_choice')}", "policy_pairs")
    _run(engine, "pair", "capped", "drafts")


def pair(engine: Engine) -> None:
    """Pairs and ties that stay after the user's pair filters, max_tokens, caps and mix.

    `filtered_pairs` and `answer_tokens` are given.
    """
    values = engine.values
    limited = values["max_tokens"] is not None
    engine.run("pair/over_length" if limited else "pair/no_over_caps", "over_length")
    capped = values["cap_source"] is not None or values["cap_model"] is not None
    engine.run("pair/over_caps" if capped else "pair/no_over_caps", "over_caps")
    mixed = values["text_millionths"] is not None
    engine.run("pair/over_mix" if mixed else "pair/no_over_caps", "over_mix")
    length.measure(engine)
    length.draw(engine)
    _run(engine, "pair", "kept_pairs", "unrated")
    length.weigh(engine)


def split(engine: Engine) -> None:
    """Prompts that share a picture or a telling text go to the same split (DESIGN 5.8)."""
    engine.run("split/standing")
    if engine.values["group_by"] == "media":
        tie_near_prompts(engine)
        _run(engine, "split", "prompt_ties")
    else:
        engine.run("split/no_ties", "prompt_ties")
    _run(engine, "split", "prompt_edges")
    components(engine, "prompt_edges", "prompt_labels")
    _run(engine, "split", "labels", "splits")


def trust(engine: Engine) -> None:
    """The judge against people on prompts that nobody chose, and what it makes of pairs (5.9)."""
    hold_against_people(engine)


def bias(engine: Engine) -> None:
    """What votes lean to beside the answers, and what rules without a look at content score."""
    look_for_bias(engine)


def tables(engine: Engine) -> None:
    """What stands beside each pair: provenance, reasons, scores, texts."""
    _run(engine, "write", "pair_units", "pair_events", "provenance", "reasons", "rationales")
    _run(engine, "write", "shown_scales", "shared_models", "pair_order")
    if engine.values["response_jaccard"] is None:
        engine.run("near_pairs/no_similarity", "pair_similarity")
    else:
        measure_pairs(engine)


PLAN: Sequence[Step] = (
    Step("load", load),
    Step("rewards", rewards),
    Step("media", media),
    Step("validate", validate, drops=True),
    Step("dedupe", dedupe, drops=True),
    Step("decontaminate", decontaminate, drops=True),
    Step("filter", filter_rows, drops=True),
    Step("score", score),
    Step("vote", vote),
    Step("pair", pair, drops=True),
    Step("split", split),
    Step("trust", trust),
    Step("bias", bias),
    Step("write", tables),
)
AUDITS = ("audit/split_leaks", "audit/lost_pairs", "audit/contradicted_pairs")


def _refuse_bad_lines(engine: Engine) -> None:
    found = engine.rows("load/bad_lines")
    if found:
        raise JournalError(
            f"annotations/: {counted(len(found), 'line is no event', 'lines are no events')}, "
            f"one with event_id {found[0][1]!r}",
            "restore the file from a copy or move it out of annotations/",
        )


def _run(engine: Engine, folder: str, *names: str) -> None:
    for name in names:
        engine.run(f"{folder}/{name}")
