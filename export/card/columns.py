"""What the columns of a config hold, for who opens the viewer."""

from collections.abc import Iterator, Mapping, Sequence

from export.card.folder import Config
from export.card.safe import code, table

MEANINGS: Mapping[str, str] = {
    "images": "pictures in the order in which the prompt shows them, as their sources had them",
    "videos": "video files, not decoded",
    "media": "kind, size and place of each picture or clip that the messages point at",
    "prompt": "the conversation up to the answer; the first user turn shows the pictures",
    "messages": "the conversation up to the answer, its parts texts and pictures",
    "chosen": "the preferred answer",
    "rejected": "the other answer",
    "pair_id": "names the pair; the same in every build that has it",
    "prompt_id": "names the prompt, pictures included; pairs of one prompt share it",
    "component": "names the prompts that share a picture or nearly a question; in one split",
    "margin": "how far apart raters scored the two, as a share of the widest difference; null "
    "where they only ranked",
    "margin_raw": "as margin, in weighted points of the rubric",
    "tier_gap": "how many places apart raters ranked the two",
    "delta": "a reward difference for scaled DPO; null where none is known",
    "delta_source": "what gave delta: a reward model that never saw the pair, or a calibration",
    "prompt_weight": "1 / pairs of the prompt, so that each prompt can count once",
    "length_weight": "evens out that longer answers win; 1 where it was not asked for",
    "agreement": "share of raters for the chosen answer, ties as halves",
    "n_raters": "raters who compared the two",
    "level": "who decided: human, judge or source",
    "licence": "the licence of the prompt's source; null where it is not known",
    "source": "the source of the prompt",
    "reference": "the source's own answer",
    "rationales": "what raters gave as reasons",
    "provenance": "ids of the judgements behind the pair, `event_id` in the config `votes`",
    "chosen_id": "names the chosen answer, as `candidate_id` of the votes",
    "rejected_id": "names the other answer, likewise",
    "chosen_models": "models that gave the chosen answer",
    "rejected_models": "models that gave the other one",
    "chosen_scores": "mean scores by metric",
    "rejected_scores": "mean scores by metric",
    "similarity": "how alike two nearly identical answers are that raters told apart, of 1; "
    "else null",
    "chosen_tokens": "tokens of prompt and chosen answer; null where no tokenizer was named",
    "rejected_tokens": "tokens of prompt and other answer, likewise",
    "source_key": "the prompt's own key at its source",
    "attributes": "what the source says of the prompt besides, e.g. its task, as keys and values",
    "policy": "by which rule the pair was drawn from the prompt's answers",
    "split": "train, validation or test",
}


VOTE_MEANINGS: Mapping[str, str] = {
    "prompt_id": "names the prompt, as in the pairs; its pictures are there",
    "prompt": "the conversation up to the answer, texts only",
    "candidate_id": "names the answer, as `chosen_id` and `rejected_id` of pairs",
    "response": "the answer",
    "models": "models that gave the answer",
    "rater_kind": "human, judge or source",
    "rater": "a person's pseudonym (`h-...` by pairwright, else the source's), a judge's model, or "
    "a rater of the source",
    "rater_version": "the version that the judge's server told",
    "scores": "what the rater gave the answer, by metric; `overall` is of the answer as a whole",
    "mean_scores": "the build's means by metric, of the same rubric and kind of rater",
    "tier": "the answer's place in the rater's order from 1, best first; null where not ranked",
    "verdict": "what the rater said of all answers together: ranked, tie, all_good or all_bad",
    "rationale": "what the rater wrote of the order",
    "rationales": "what the rater wrote of the answer, by metric",
    "confirmed": "false for an order that nobody touched, which is no vote",
    "final": "whether it was given to settle a disagreement, over all others",
    "event_id": "names the judgement; its rows, one an answer, share it",
    "rubric_id": "metrics and scales that the rater was asked by",
    "rubric_hash": "the wording of them",
    "sample": "which of several samples of a judge it is",
    "order_no": "in which order of the answers the judge saw them",
    "position": "the answer's place among those that the rater saw, from 0",
    "split": "train, validation or test",
}

MAIN = (
    *("images", "videos", "prompt", "messages", "chosen", "rejected", "margin", "agreement"),
    *("level", "n_raters", "delta", "prompt_weight", "length_weight", "pair_id", "prompt_id"),
)


def columns(config: Config) -> Iterator[str]:
    """What one needs to read a row, then the other columns for who looks for them."""
    if main := [name for name in MAIN if name in config.features]:
        yield _table(main)
    if more := [name for name in config.features if name in MEANINGS and name not in MAIN]:
        yield f"<details><summary>More columns</summary>\n\n{_table(more)}\n\n</details>"
    if others := [name for name in config.features if name not in MEANINGS]:
        yield f"Also {_listed(others)}."


def vote_columns(config: Config) -> Iterator[str]:
    """What a row of the raw votes holds."""
    known = [name for name in VOTE_MEANINGS if name in config.features]
    rows = _table(known, VOTE_MEANINGS)
    yield f"<details><summary>Columns of the votes</summary>\n\n{rows}\n\n</details>"


def _table(names: Sequence[str], meanings: Mapping[str, str] = MEANINGS) -> str:
    return table(("column", "what it is"), [(code(name), meanings[name]) for name in names])


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(code(name) for name in names[:20])
    return shown if len(names) <= 20 else f"{shown} and {len(names) - 20:,} more"
