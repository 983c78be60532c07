"""What a build says of token counts: how many pairs have them, and why others have none."""

from curate.engines.base import Engine

WHY = {
    "video": "their prompt shows a video file",
    "no_size": "the size of a picture is not known",
    "template": "the chat template refuses the conversation",
    "pictures": "the processor takes no such pictures",
}


def token_counts(engine: Engine) -> dict[str, int]:
    """Pairs with both counts, pairs without, and the longest side; empty where nobody asked."""
    if engine.values["tokenizer"] is None:
        return {}
    counted, uncounted, longest = engine.rows("tokens/summary")[0]
    return {"counted": counted, "uncounted": uncounted, "longest": longest}


def token_warnings(engine: Engine) -> list[str]:
    """What was not counted, with the reason."""
    found = []
    for reason, answers in engine.rows("tokens/reasons"):
        if reason == "blind":
            found.append(
                f"[pairs] tokenizer: it is no processor, so the pictures of {answers:,} answers' "
                "prompts are counted as no tokens"
            )
        else:
            found.append(
                f"[pairs] tokenizer: {answers:,} answers have no token count, as {WHY[reason]}; "
                "max_tokens keeps them"
            )
    return found
