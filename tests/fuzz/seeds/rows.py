"""Rows of every layout, from which several targets begin."""

from typing import Any

from tests.support import layout_examples


def layout_rows() -> dict[str, list[dict[str, Any]]]:
    """Rows of every layout."""
    found = {
        "native": [layout_examples.NATIVE, native_row()],
        "mm-rlhf": [layout_examples.VOTES, layout_examples.PAIR],
        "vl-rewardbench": [layout_examples.VL_REWARDBENCH],
        "mllm-dpo": [layout_examples.CANDIDATE],
        "vlfeedback": [layout_examples.VLFEEDBACK],
        "ultrafeedback": [layout_examples.ULTRAFEEDBACK],
        "helpsteer3": [layout_examples.HELPSTEER3],
        "helpsteer2": [layout_examples.HELPSTEER2],
        "rlhf-v": [layout_examples.RLHF_V],
        "rlaif-v": [layout_examples.RLAIF_V],
        "llama-factory": [layout_examples.LLAMA_FACTORY, layout_examples.ALPACA],
        "trl": [layout_examples.TRL, layout_examples.TRL_TEXT, layout_examples.TRL_WHOLE],
        "llava": [layout_examples.LLAVA],
    }
    return {name: [dict(row) for row in rows] for name, rows in found.items()}


def native_row() -> dict[str, Any]:
    return {
        "prompt": "How many cups?",
        "images": ["cups.png"],
        "scales": {"helpfulness": [0, 4]},
        "attributes": {"n": 1},
        "responses": [
            {"text": "Three.", "ratings": [{"rater": "a", "helpfulness": 4, "rationale": "right"}]},
            {"text": "Two.", "origin": "written", "sampling": {"seed": 1}},
        ],
        "rankings": [{"rater": "a", "kind": "human", "tiers": [[0], [1]]}],
        "failures": [{"rater": "b", "kind": "judge", "reason": "blocked"}],
    }
