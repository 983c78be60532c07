"""Results of evaluations."""

from collections.abc import Callable, Iterator, Mapping

from tests.fuzz.values import bytes_of
from tests.fuzz.words import WORDS

Seeds = Iterator[bytes]


def _lmms() -> Seeds:
    results = {"mme": {"alias": "mme", "mme_perception_score,none": 12.5, "acc_stderr,none": "N/A"}}
    samples = {"mme": {"effective": 1, "original": 2}}
    yield bytes_of({"results": results, "n-samples": samples}, WORDS["evaluation"])
    yield bytes_of({"results": {"alias": {"acc,none": 10**400}}}, WORDS["evaluation"])
    yield bytes_of({"results": [[1, {"acc,none": 1}]]}, WORDS["evaluation"])


def _safety() -> Seeds:
    own = {"task": "adv_target", "response": "no", "verdict": "yes."}
    logged = {"ASR": {"sub_category": "nsfw_text_asr", "pred_answer": "No"}, "resps": [["no"]]}
    made = {"responses": [{"text": "no", "attributes": {"task": "adv_target"}}], "attributes": {}}
    yield bytes_of([own, logged, made], WORDS["evaluation"])


SEEDS: Mapping[str, Callable[[], Seeds]] = {
    "lmms_results": _lmms,
    "safety_answers": _safety,
}
