"""Guesses which columns are our fields, by their names and the types of their first values.

The exact name of a field is surer than a known synonym, and that than a name that ends in one
(`user_prompt`). A column serves one field, the surest.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from curate.sources.columns import EXCLUSIVE, NUMBERED, column_names, columns_of
from schemas.errors import SourceError

Values = Mapping[str, Any]
Heads = Sequence[Values]

SYNONYMS: Mapping[str, Sequence[str]] = {
    "messages": ("messages", "conversations", "conversation", "dialog", "dialogue", "turns"),
    "prompt": (
        *("prompt", "question", "instruction", "query", "problem", "input", "user_input"),
        *("prompt_text", "question_text"),
    ),
    "responses": ("responses", "completions", "candidates", "answers", "outputs", "generations"),
    "response": (
        *("response", "completion", "answer", "output", "candidate", "generation"),
        *("response_text", "completion_text", "answer_text", "output_text", "model_output"),
    ),
    "model": ("model", "model_id", "model_name", "models", "generator", "system_name"),
    "images": ("images", "image", "image_path", "img", "img_path", "image_file", "picture"),
    "video": ("video", "video_path", "clip"),
    "reference": ("reference", "ground_truth", "gold", "gold_answer", "reference_answer", "target"),
    "key": ("key", "id", "uid", "uuid", "qid", "question_id", "sample_id", "idx", "index"),
}
EXACT, SYNONYM, ENDING = 3, 2, 1


def propose(heads: Heads) -> dict[str, str]:
    """A map of fields onto columns, as far as names and types tell; empty where nothing does."""
    scored = [
        (_confidence(field, column), field, column)
        for field in SYNONYMS
        for column in _columns(heads)
        if _confidence(field, column) and _fits(field, [head.get(column) for head in heads])
    ]
    found: dict[str, str] = {}
    for _, field, column in sorted(scored, key=_surest):
        if field not in found and column not in found.values():
            found[field] = column
    _settle(found, heads)
    return {field: found[field] for field in SYNONYMS if field in found}


def propose_for(heads: Heads) -> dict[str, str]:
    """The proposed map. Raises SourceError where no column looks like a prompt."""
    found = propose(heads)
    if "prompt" in found or "messages" in found:
        return found
    names = column_names(heads)
    raise SourceError(
        f"no column looks like a prompt; columns: {', '.join(names)}",
        f"name them, as in --map prompt={names[0] if names else 'COLUMN'} --map response=COLUMN",
    )


def proposed_beside(given: Mapping[str, str], heads: Heads) -> dict[str, str]:
    """What is proposed for fields and columns that a given map leaves open.

    Raises SourceError where neither has a prompt.
    """
    closed = {*given, *(it for pair in EXCLUSIVE if set(pair) & set(given) for it in pair)}
    taken = {name for column in given.values() for name in columns_of(column)}
    proposed = propose(heads) if closed & {"prompt", "messages"} else propose_for(heads)
    found = {
        field: column
        for field, column in proposed.items()
        if field not in closed and not taken & set(columns_of(column))
    }
    if not {"response", "responses"} & {*found, *(it for it, column in given.items() if column)}:
        found.pop("model", None)
    return found


def _columns(heads: Heads) -> list[str]:
    return list(dict.fromkeys(name for head in heads for name in head))


def _confidence(field: str, column: str) -> int:
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", column).replace(" ", "_").replace("-", "_")
    name = name.lower()
    if name == field:
        return EXACT
    if name in SYNONYMS[field]:
        return SYNONYM
    endings = tuple(f"_{word}" for word in SYNONYMS[field][:2])
    return ENDING if name.endswith(endings) else 0


def _surest(scored: tuple[int, str, str]) -> tuple[int, int, int]:
    confidence, field, column = scored
    words = list(SYNONYMS[field])
    rank = words.index(column.lower()) if column.lower() in words else len(words)
    return -confidence, rank, list(SYNONYMS).index(field)


def _settle(found: dict[str, str], heads: Heads) -> None:
    """Leaves one of two fields that exclude each other, and reads a lone `answer` for what it is.

    An `answer` beside a response, or without a model, is the source's own answer: a reference.
    """
    if "messages" in found:
        found.pop("prompt", None)
    numbered = [name for name in _columns(heads) if NUMBERED.match(name.lower())]
    if len(numbered) > 1 and "responses" not in found:
        found["responses"] = "+".join(sorted(numbered))
    answer = found.get("response", "")
    if "responses" in found:
        found.pop("response", None)
    if answer.lower() == "answer" and ("responses" in found or "model" not in found):
        found.pop("response", None)
        found.setdefault("reference", answer)
    elif "answer" in _columns(heads) and "answer" not in found.values():
        found.setdefault("reference", "answer")
    if "response" not in found and "responses" not in found:
        found.pop("model", None)


def _fits(field: str, values: Sequence[Any]) -> bool:
    there = [value for value in values if value is not None]
    return bool(there) and all(map(FITS[field], there))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_name(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple)) or (isinstance(value, str) and value[:1] == "[")


def _are_turns(value: Any) -> bool:
    if isinstance(value, str):
        return value.startswith("[{")
    return isinstance(value, (list, tuple)) and all(
        isinstance(turn, Mapping) and bool({"role", "from"} & set(turn)) for turn in value
    )


def _is_medium(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(map(_is_medium, value))
    return isinstance(value, (str, bytes)) or (
        isinstance(value, Mapping) and set(value) <= {"bytes", "path"}
    )


def _are_models(value: Any) -> bool:
    return _is_text(value) or (isinstance(value, (list, tuple)) and all(map(_is_text, value)))


FITS: Mapping[str, Callable[[Any], bool]] = {
    "messages": _are_turns,
    "prompt": _is_text,
    "responses": _is_list,
    "response": _is_text,
    "model": _are_models,
    "images": _is_medium,
    "video": _is_medium,
    "reference": _is_text,
    "key": _is_name,
}
