"""What each drop reason means, for people who meet it in the report or after an export."""

REASONS = {
    "bad_json": "not valid JSON",
    "bad_encoding": "not valid UTF-8",
    "bad_type": "a field of the wrong type",
    "empty_prompt": "a prompt without words",
    "empty_response": "an answer without words",
    "error_text": "an error message instead of an answer",
    "missing_media": "a picture that is not there",
    "unreadable_media": "a picture that cannot be decoded",
    "oversized_media": "a picture over the limits",
    "unsafe_path": "a path that leaves the source",
    "remote_not_allowed": "an address on the network",
    "mismatched_prompt": "a vote on another prompt",
    "out_of_scale": "a score off its scale",
    "contradiction": "two labels of one vote that exclude each other",
    "duplicate": "the same text again",
    "near_duplicate": "nearly the same, and no rater tells them apart",
    "contaminated": "too near to a benchmark",
    "unrated": "nobody voted on it",
    "below_margin": "the margin is smaller than min_margin",
    "no_consensus": "raters do not agree on a winner",
    "conflict": "the raters' order and scores contradict each other",
    "unstable": "the judge's orders of the answers disagree",
    "cycle": "preferences that run in a circle",
    "not_drawn": "the policy took another pair of the prompt",
    "veto": "the chosen answer breaks a veto",
    "judge_unproven": "by a judge that is not proven against people",
    "over_cap": "over a cap on source, model or the longer answer",
    "over_length": "a side has more tokens than max_tokens",
    "media_not_supported": "shows a picture or video, and the trainer reads texts only",
    "video_not_supported": "shows a video file, which the format has no place for",
    "several_media": "shows more than the one picture or video that the format holds",
    "several_turns": "more than the one question that the format holds",
    "system_turn": "a system's turn, which the format has no place for",
    "system_media": "a picture in the system's turn, where the trainer does not look",
    "not_alternating": "user and assistant do not take turns",
    "image_token": "a text that says <image> or the like itself",
    "special_token": "a text that holds a mark which the trainer replaces",
    "no_margin": "no margin, since nobody scored both answers",
    "both_sides": "chosen in one pair and rejected in another",
    "below_threshold": "the best answer's score is below the threshold",
    "no_full_marks": "no answer has full marks from everybody",
    "other_rubric": "scored by another rubric, whose values mean something else",
    "personal_rater": "a person's vote under what could be a name",
    "left_the_build": "on an answer that is not in the build",
}

OF_EXPORTS = {
    "mismatched_prompt": "the prompt does not end with a user's turn",
    "unrated": "no score by all the metrics that count",
}
"""The reasons that exports have other words for than builds."""


def meaning(reason: str) -> str:
    """The reason in words; a user's own filter says what it is by its name."""
    if reason.startswith("filter:"):
        return "by a filter of curate.toml"
    return REASONS.get(reason, "")


def export_meaning(reason: str) -> str:
    """What an export refused rows for, in words."""
    return OF_EXPORTS.get(reason) or meaning(reason)
