"""The benchmarks of the two papers, as lmms-eval 0.7 calls them and their metrics.

Sources: MM-RLHF (arXiv 2502.10391), Tables 2 and 3; mllm-dpo (arXiv 2402.10884), Table 4. Two of
MM-RLHF's are in its authors' own fork only (github.com/yfzhang114/mmrlhf-eval).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Paper = Literal["mm-rlhf", "mllm-dpo"]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One task of lmms-eval. `metrics` maps its metrics onto our names, in the order of a table.

    With `judge` a model of OpenAI's reads the answers, which costs and needs OPENAI_API_KEY. With
    `fork` it is not in lmms-eval itself.
    """

    task: str
    name: str
    papers: Sequence[Paper]
    metrics: Mapping[str, str] = field(default_factory=dict)
    judge: bool = False
    fork: bool = False


LLAVA_WILD = {
    "gpt_eval_llava_all": "all",
    "gpt_eval_llava_complex": "complex",
    "gpt_eval_llava_conv": "conversation",
    "gpt_eval_llava_detail": "detail",
}
POPE = {
    "pope_accuracy": "accuracy",
    "pope_f1_score": "f1",
    "pope_precision": "precision",
    "pope_recall": "recall",
    "pope_yes_ratio": "yes_share",
}
MM_RLHF: Sequence[Paper] = ("mm-rlhf",)
MLLM_DPO: Sequence[Paper] = ("mllm-dpo",)

BENCHMARKS: Sequence[Benchmark] = (
    Benchmark(
        "llava_in_the_wild", "LLaVA-Bench (wild)", ("mm-rlhf", "mllm-dpo"), LLAVA_WILD, judge=True
    ),
    Benchmark(
        "llava_wilder_small", "LLaVA-Wilder", MM_RLHF, {"gpt_eval_llava_all": "score"}, judge=True
    ),
    Benchmark(
        "wildvision_0617",
        "WildVision",
        MM_RLHF,
        {"win_rates": "win_rate", "elo_scores": "elo"},
        judge=True,
    ),
    Benchmark("ocrbench", "OCRBench", MM_RLHF, {"ocrbench_accuracy": "accuracy"}),
    Benchmark(
        "mathvista_testmini_cot",
        "MathVista (CoT)",
        MM_RLHF,
        {"llm_as_judge_eval": "accuracy"},
        judge=True,
    ),
    Benchmark(
        "mathverse_testmini", "MathVerse", MM_RLHF, {"gpt_eval_score": "accuracy"}, judge=True
    ),
    Benchmark(
        "mmhal_bench",
        "MMHal-Bench",
        MM_RLHF,
        {"mmhal_bench_average_score": "score", "hallucination_rate": "hallucination_rate"},
        judge=True,
        fork=True,
    ),
    Benchmark(
        "object_hallucination",
        "Object HalBench",
        MM_RLHF,
        {"CHAIR_s_score": "chair_s", "CHAIR_i_score": "chair_i"},
        fork=True,
    ),
    Benchmark("pope_adv", "POPE (adversarial)", MM_RLHF, POPE),
    Benchmark("pope", "POPE", MLLM_DPO, POPE),
    Benchmark(
        "mme",
        "MME",
        MM_RLHF,
        {"mme_perception_score": "perception", "mme_cognition_score": "cognition"},
    ),
    Benchmark(
        "mmbench_cn_dev", "MMBench (cn)", MM_RLHF, {"gpt_eval_score": "accuracy"}, judge=True
    ),
    Benchmark(
        "mmbench_en_dev", "MMBench (en)", MLLM_DPO, {"gpt_eval_score": "accuracy"}, judge=True
    ),
    Benchmark("docvqa_val", "DocVQA", MM_RLHF, {"anls": "anls"}),
    Benchmark("mmerealworld", "MME-RealWorld", MM_RLHF, {"mme_realworld_score": "accuracy"}),
    Benchmark("realworldqa", "RealWorldQA", MM_RLHF, {"exact_match": "accuracy"}),
    Benchmark("ai2d", "AI2D", MM_RLHF, {"exact_match": "accuracy"}),
    Benchmark(
        "videochatgpt_gen",
        "Video-ChatGPT (general)",
        MM_RLHF,
        {
            "gpt_eval_score_correctness": "correctness",
            "gpt_eval_score_detailed_orientation": "detail",
            "gpt_eval_score_context": "context",
        },
        judge=True,
    ),
    Benchmark(
        "videochatgpt_temporal",
        "Video-ChatGPT (temporal)",
        MM_RLHF,
        {"gpt_eval_score_temporal": "score"},
        judge=True,
    ),
    Benchmark(
        "videochatgpt_consistency",
        "Video-ChatGPT (consistency)",
        MM_RLHF,
        {"gpt_eval_score_consistency": "score"},
        judge=True,
    ),
    Benchmark("mmvet", "MM-Vet", MLLM_DPO, {"gpt_eval_score": "score"}, judge=True),
)
KNOWN: Mapping[str, Benchmark] = {benchmark.task: benchmark for benchmark in BENCHMARKS}


def default_tasks(paper: Paper | None = None) -> list[str]:
    """The tasks of a paper, or of both, that lmms-eval itself has."""
    return [
        one.task for one in BENCHMARKS if not one.fork and (paper is None or paper in one.papers)
    ]
