"""What a build says of token counts: how many pairs have them, and why others have none."""

from curate.engines.base import Engine
from schemas.counted import counted

WHY = {
    "video": "the prompt shows a video file",
    "no_size": "the size of a picture is not known",
    "template": "the chat template refuses the conversation",
    "pictures": "the processor takes no such pictures",
}


def token_counts(engine: Engine) -> dict[str, int]:
    """Pairs with both counts, pairs without, and the longest side; empty where nobody asked."""
    if engine.values["tokenizer"] is None:
        return {}
    known, unknown, longest = engine.rows("tokens/summary")[0]
    return {"counted": known, "uncounted": unknown, "longest": longest}


def token_warnings(engine: Engine) -> list[str]:
    """What was not counted, with the reason."""
    found = []
    for reason, answers in engine.rows("tokens/reasons"):
        if reason == "blind":
            prompts = counted(answers, "answer's prompt", "answers' prompts")
            found.append(
                f"[pairs] tokenizer: it is no processor, so the pictures of {prompts} are counted "
                "as no tokens"
            )
        else:
            found.append(
                f"[pairs] tokenizer: {counted(answers, 'answer has', 'answers have')} no token "
                f"count, as {WHY[reason]}; max_tokens keeps {'it' if answers == 1 else 'them'}"
            )
    return found
