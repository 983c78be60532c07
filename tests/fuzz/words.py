"""The names that bytes call by number, and pieces of text that a fuzzer is handed, by target.

A corpus holds the numbers: words are added at the end of a list, and none is taken out.
"""

from collections.abc import Mapping, Sequence

LAYOUTS = (
    *("native", "llava-bench", "mm-rlhf", "vl-rewardbench", "mllm-dpo", "vlfeedback"),
    *("ultrafeedback", "helpsteer3", "helpsteer2", "rlhf-v", "rlaif-v", "llama-factory", "trl"),
    *("llava",),
)
"""Known layouts by number, as `curate.sources.registry` has them."""

ROWS = """
    instruction input chosen rejected history DatasetName Key Candidate CommentSection
    Helpfulness Correctness Coherence Complexity Verbosity cur_candidate_answer question_id
    prompt answer_id model_id image conversations from value question Helpfulness_gpt4v
    Correctness_gpt4v Coherence_gpt4v Complexity_gpt4v Verbosity_gpt4v Helpfulness_candidate
    Correctness_candidate Complexity_candidate Coherence_candidate Verbosity_candidate
    ref_win_logp mm-rlhf id answer video models_output a b c faithfulness helpfulness ethical
    final_ranking score_reasons ranking_reason chosen_reason rejected_reason vl-rewardbench
    query response bytes path human_ranking models judge rationale query_source ground_truth
    mllm-dpo vlfeedback completions model annotations Rating Rationale img_path ultrafeedback
    source principle critique overall_score fine-grained_score honesty instruction_following
    truthfulness rlhf-v ds_name text origin_dataset idx image_path rlaif-v llava helpsteer2
    correctness coherence complexity verbosity helpsteer3 domain language context role content
    response1 response2 overall_preference individual_preference score reasoning feedback1
    feedback2 trl images llama-factory native responses questions.jsonl category context.jsonl
    caption answers/a.jsonl metadata answers/b.jsonl reviews/b.jsonl answer1_id answer2_id rater
    kind version position order_no ratings rankings tiers verdict confirmed rationales scales
    failures reason detail sampling origin attributes reference messages videos video_path
    image_url key human gpt system user assistant reward_model ranked tie all_good all_bad
    sampled written overall ethics type url frames output generator gold_answer choices
    task_type pair_id prompt_id media media_index parts file sha256 reward rewards chosen_score
    rejected_score candidate_id response_sha256 hallucination N/A <image> <video> cups.png ../x
    /etc/passwd data:,x 1>2=3 unparsable blocked index answers/a reviews/b questions data
    system_name uuid turns
"""
EVENTS = """
    event_id at supersedes deleted final reviews expands prompt_id rater rubric_id rubric_hash
    overall_scale sample order_no request_hash answers tiers verdict confirmed rationale flags
    failure usage kind id version candidate_id position scores rationales reason detail
    input_tokens cached_tokens output_tokens thought_tokens usd seconds human judge reward_model
    source ranked tie all_good all_bad blocked unparsable truncated timeout refused_by_server
    budget helpfulness overall helpfulness:0:4 2026-01-01T12:00:00Z h-0123456789ab
    00000000000000000000000000000000 11111111111111111111111111111111 checked accepted returned
"""
TABLES = """
    messages media reference source source_key attributes role parts type text media_index user
    system assistant image video frames sha256 file path width height fps duration response origin
    sampled written generations model sampling level line step other_id score row prompt candidate
    pair pull bad_json
"""
PAGES = """
    from_name to_name type value choices text rating ranker textarea verdict flags rationale better
    flawed task place_a place_b place_c score_a_helpfulness score_b_helpfulness
    score_c_helpfulness score_a_faithfulness score_a_ethics score_a_correctness reason_a reason_b
    review note remark accept return ranked 1 2 3 0 4 best good ok bad worst tier_1 tier_2 _ a b c
    unsafe id completed_by result was_cancelled lead_time created_at updated_at prompt_id
    candidate_ids rubric_id rubric_hash purpose expert reviews rater adjudication qualification
    work helpfulness:0:4 helpfulness:1:5,ethics:1:5 2026-03-04T05:06:07.890123Z h-1
    00000000000000000000000000000000 11111111111111111111111111111111 ranking start end
"""
SERVERS = """
    key response error status candidates content parts text thought finishReason STOP MAX_TOKENS
    SAFETY MALFORMED_RESPONSE usageMetadata promptTokenCount candidatesTokenCount
    cachedContentTokenCount thoughtsTokenCount toolUsePromptTokenCount modelVersion promptFeedback
    blockReason code message details @type reason retryDelay violations quotaId choices
    finish_reason stop length abort eos model usage prompt_tokens completion_tokens
    completion_tokens_details reasoning_tokens prompt_tokens_details cached_tokens refusal
    type.googleapis.com/google.rpc.RetryInfo type.googleapis.com/google.rpc.QuotaFailure
    API_KEY_INVALID FAILED_PRECONDITION PerDay 47s
"""
JUDGES = """
    A B C helpfulness faithfulness ethics rank helpfulness_reason faithfulness_reason
    ethics_reason correctness coherence complexity verbosity 3 1.0 5 critique new_claims
    is_critique comment_verdict critique_verdict positive negative mixed neutral
"""
VECTORS = """
    prompt_id key source_key embedding clip a b k1 k2 row shingles hashes grids width height
"""
EVALUATIONS = """
    results higher_is_better n-samples effective original acc,none acc_stderr,none mme
    mme_perception_score,none alias task response verdict id responses text attributes
    ASR RtA Ratio sub_category pred_answer filtered_resps resps adv_target nsfw_text_asr Yes No yes.
"""
PIECES = (
    *("I'm sorry, but I can't ", "Error code: 429 ", "http error: 503 ", "Traceback (most recent"),
    *(" call last):\n", "openai.", "RateLimitError: ", "Je ne peux ", "\u62b1\u6b49", "\u3002"),
    *("\uc8c4\uc1a1", "as an ai ", "i ", "we ", " ", "\n", '"', "1,000", "2.5", "Ulm ", "12) "),
    *("| ", "`", "://", "www.", "\\", "/home/somebody/x", "~/", "&lt;", "<script>", "#", "<image>"),
    *("1>2=3", ">", "=", "\u202e", "\x1b[", "a", ".", "?", "!", "however, ", "unfortunately "),
)


def _split(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for text in texts for word in text.split()))


WORDS: Mapping[str, Sequence[str]] = {
    "layouts": (*_split(ROWS), "Visual Faithfulness", "Ethical Considerations"),
    "sealed": _split(EVENTS),
    "bundle_tables": _split(EVENTS, TABLES),
    "annotation": (*_split(PAGES), "all equal", "all good", "all bad", "picture unreadable"),
    "replies": _split(SERVERS),
    "judge_object": _split(JUDGES),
    "critique": _split(JUDGES),
    "embeddings": _split(VECTORS),
    "shards": ("file", "bytes"),
    "evaluation": _split(EVALUATIONS),
    "words": PIECES,
}
"""Names that bytes may call by number, by the target or the group of targets."""

GROUPS: Mapping[str, str] = {
    **dict.fromkeys(("generic", "recognised", "bench_rows", "bench_scores", "scripts"), "layouts"),
    **dict.fromkeys(("jsonl", "json", "csv", "gz"), "layouts"),
    **dict.fromkeys(("events", "samples", "batches", "recorded"), "sealed"),
    **dict.fromkeys(("vote", "submission", "review"), "annotation"),
    **dict.fromkeys(("gemini_result", "chat_completion", "server_error"), "replies"),
    **dict.fromkeys(("expansion", "check"), "critique"),
    **dict.fromkeys(("lmms_results", "safety_answers"), "evaluation"),
    "judge_reply": "judge_object",
    "signatures": "embeddings",
}
"""Targets whose words have another name."""
