"""Small rows of every known layout, written for the tests in the shape the public sets have."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.support.source_input import MemorySource

PNG = {"bytes": b"\x89PNG", "path": "cups.png"}
Rows = Sequence[Mapping[str, Any]]


def turn(role: str, text: str) -> dict[str, str]:
    """A ShareGPT turn."""
    return {"from": role, "value": text}


def message(role: str, text: str) -> dict[str, str]:
    """A message as trainers have it."""
    return {"role": role, "content": text}


VOTES: dict[str, Any] = {
    "id": "demo/set1/0001.png_42",
    "question": "How many cups?",
    "answer": "Three cups.",
    "image": "short/0001.png",
    "video": None,
    "models_output": {"a": "Three cups.", "b": "Two.", "c": "Cups."},
    "faithfulness": {"a": 5, "b": 2, "c": 3},
    "helpfulness": {"a": 5, "b": 2, "c": 2},
    "ethical": {"a": 5, "b": 5, "c": 5},
    "final_ranking": "1>2=3",
    "score_reasons": {"a": "the count is right", "b": "misses one", "c": ""},
    "ranking_reason": "only a counts right",
}
PAIR: dict[str, Any] = {
    "id": "demo/set1/0001.png_42",
    "image": "short/0001.png",
    "prompt": "How many cups?",
    "chosen": "Three cups.",
    "rejected": "Two.",
    "chosen_reason": "the count is right",
    "rejected_reason": "misses one",
}
VL_REWARDBENCH: dict[str, Any] = {
    "id": "RLAIF-V-7",
    "query": "How many cups?",
    "response": ["Two.", "Three cups."],
    "image": PNG,
    "human_ranking": [1, 0],
    "models": ["a", "b"],
    "judge": "human",
    "rationale": "only the second counts right",
    "query_source": "COCO",
    "ground_truth": None,
}
CANDIDATE: dict[str, Any] = {
    "DatasetName": "lrv",
    "Key": "17",
    "Candidate": 2,
    "CommentSection": "It names the right bar.",
    "Helpfulness": 3,
    "Correctness": 4,
    "Coherence": 4,
    "Complexity": 2,
    "Verbosity": 1,
    "cur_candidate_answer": "The red bar is the tallest.",
    "question_id": 17,
    "prompt": "Which bar is tallest?",
    "answer_id": "x1",
    "model_id": "llava-13b",
    "image": "lrv/000017.jpg",
    "conversations": [turn("human", "Which bar is tallest?")],
}
COMPARISON: dict[str, Any] = {
    "image": "scigraph/Figure2.png",
    "question": turn("human", "<image>\nWhat does the curve show?"),
    "chosen": turn("gpt", "It rises, then falls."),
    "rejected": turn("gpt", "It is flat."),
    **{f"{name}_gpt4v": 4 for name in ("Helpfulness", "Correctness", "Coherence")},
    **{f"{name}_gpt4v": 2 for name in ("Complexity", "Verbosity")},
    **{f"{name}_candidate": 1 for name in ("Helpfulness", "Correctness", "Complexity")},
    **{f"{name}_candidate": 3 for name in ("Coherence", "Verbosity")},
    "ref_win_logp": -41.2,
}


def rated(**ratings: str) -> dict[str, dict[str, str]]:
    """Aspects with a rating each; an underscore in a name stands for a space."""
    named = {name.replace("_", " "): rating for name, rating in ratings.items()}
    return {name: {"Rating": one, "Rationale": f"on {name}"} for name, one in named.items()}


VLFEEDBACK: dict[str, Any] = {
    "id": "svit-1",
    "prompt": "What is on the table?",
    "models": ["a", "b"],
    "completions": [
        {
            "model": "a",
            "response": "Three cups.",
            "annotations": rated(
                Helpfulness="5", Visual_Faithfulness="4", Ethical_Considerations="5"
            ),
        },
        {
            "model": "b",
            "response": "A cat.",
            "annotations": rated(
                Helpfulness="2", Visual_Faithfulness="1", Ethical_Considerations="N/A"
            ),
        },
    ],
    "img_path": "images/1.jpg",
}
ULTRAFEEDBACK: dict[str, Any] = {
    "source": "evol_instruct",
    "instruction": "Name a prime above ten.",
    "models": ["a", "b"],
    "completions": [
        {
            "model": "a",
            "principle": "honesty",
            "response": "Eleven.",
            "critique": "Right and short.",
            "overall_score": 8.5,
            "fine-grained_score": 4.75,
            "annotations": {
                name: {"Rating": "5", "Rationale": f"on {name}"}
                for name in ("helpfulness", "honesty", "instruction_following", "truthfulness")
            },
        },
        {"model": "b", "response": "Twelve.", "overall_score": 2.0, "annotations": {}},
    ],
}
RLHF_V: dict[str, Any] = {
    "ds_name": "RLHF-V",
    "image": PNG,
    "text": '{"question": "How many cups?", "chosen": "Three.", "rejected": "Two."}',
    "origin_dataset": "COCO",
    "idx": 7,
    "image_path": "cups.png",
}
RLAIF_V: dict[str, Any] = {
    "image": PNG,
    "question": "How many cups?",
    "chosen": "Three.",
    "rejected": "Two.",
    "origin_dataset": "TextVQA",
    "idx": 8,
    "image_path": "cups.png",
}
LLAVA: dict[str, Any] = {
    "id": "000001",
    "image": "coco/1.jpg",
    "conversations": [
        turn("human", "<image>\nWhat is it?"),
        turn("gpt", "A cup."),
        turn("human", "Which colour?"),
        turn("gpt", "Red."),
    ],
}
HELPSTEER2: dict[str, Any] = {
    "prompt": "Name a prime.",
    "response": "Seven.",
    "helpfulness": 4,
    "correctness": 4,
    "coherence": 4,
    "complexity": 1,
    "verbosity": 0,
}
HELPSTEER3: dict[str, Any] = {
    "domain": "general",
    "language": "english",
    "context": [message("user", "Name a prime.")],
    "response1": "Seven.",
    "response2": "Nine.",
    "overall_preference": -2,
    "individual_preference": [
        {"score": -3, "reasoning": "nine is none", "feedback1": "right", "feedback2": "wrong"},
        {"score": 0, "reasoning": "both short", "feedback1": None, "feedback2": None},
    ],
}
TRL: dict[str, Any] = {
    "images": [PNG],
    "prompt": [message("user", "How many cups?")],
    "chosen": [message("assistant", "Three.")],
    "rejected": [message("assistant", "Two.")],
}
TRL_TEXT: dict[str, Any] = {"prompt": "How many cups?", "chosen": "Three.", "rejected": "Two."}
TRL_WHOLE: dict[str, Any] = {
    "chosen": [message("user", "How many cups?"), message("assistant", "Three.")],
    "rejected": [message("user", "How many cups?"), message("assistant", "Two.")],
}
LLAMA_FACTORY: dict[str, Any] = {
    "conversations": [turn("human", "<image>How many cups?")],
    "chosen": turn("gpt", "Three."),
    "rejected": turn("gpt", "Two."),
    "images": ["images/1.png"],
}
ALPACA: dict[str, Any] = {
    "instruction": "Count the cups.",
    "input": "On the left only.",
    "chosen": "Three.",
    "rejected": "Two.",
    "history": [["Hello?", "Hello."]],
}
NATIVE: dict[str, Any] = {"prompt": "How many cups?", "responses": [{"text": "Three."}]}


def bench(**parts: Rows) -> MemorySource:
    """A LLaVA-Bench folder of one question, two answers and a review, with `parts` put over it."""
    files: dict[str, Rows] = {
        "questions": [
            {"image": "001.jpg", "text": "What is it?", "category": "conv", "question_id": 0}
        ],
        "context": [{"id": "001", "image": "001.jpg", "caption": "A mountain."}],
        "answers/a": [answer("x1", "system-a", "A mountain.")],
        "answers/b": [answer("x2", "system-b", "A hill.")],
        "reviews/b": [review("x1", "x2", [9.0, 6.0])],
    }
    named = {name.replace("__", "/"): rows for name, rows in parts.items()}
    return MemorySource({f"{name}.jsonl": rows for name, rows in {**files, **named}.items()})


def answer(key: str, model: str, text: str, question: Any = 0) -> dict[str, Any]:
    """An answer of a LLaVA-Bench folder."""
    return {
        "question_id": question,
        "prompt": "What is it?",
        "answer_id": key,
        "model_id": model,
        "metadata": {},
        "text": text,
    }


def review(first: str, second: str, scores: Any, question: Any = 0) -> dict[str, Any]:
    """A review of a LLaVA-Bench folder."""
    return {
        "id": 1,
        "question_id": question,
        "answer1_id": first,
        "answer2_id": second,
        "category": "llava_bench_conv",
        "content": "9 6\n\nThe first one is exact.",
        "tuple": scores,
    }


EXAMPLES: Mapping[str, Rows] = {
    "mm-rlhf": [VOTES, PAIR],
    "vl-rewardbench": [VL_REWARDBENCH],
    "mllm-dpo": [CANDIDATE, COMPARISON],
    "vlfeedback": [VLFEEDBACK],
    "ultrafeedback": [ULTRAFEEDBACK],
    "rlhf-v": [RLHF_V],
    "rlaif-v": [RLAIF_V],
    "llava": [LLAVA],
    "helpsteer2": [HELPSTEER2],
    "helpsteer3": [HELPSTEER3],
    "trl": [TRL, TRL_TEXT, TRL_WHOLE],
    "llama-factory": [LLAMA_FACTORY, ALPACA],
    "native": [NATIVE],
}
"""Every form of a row by its layout; `llava-bench` is a folder and made by `bench`."""
