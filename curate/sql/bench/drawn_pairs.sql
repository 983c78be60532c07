-- reads: drawn_prompts, preferences (people's), candidate_keys, candidates, prompts, human_reasons
-- grain: pair of the benchmark, in its order
-- why: every two answers that people rank apart
select
    drawn_prompts.category,
    drawn_prompts.prompt_id,
    prompts.messages,
    prompts.media,
    chosen.response as chosen,
    rejected.response as rejected,
    chosen_reasons.text as chosen_reason,
    rejected_reasons.text as rejected_reason
from drawn_prompts
join preferences using (prompt_no)
join candidate_keys as chosen_keys
    on chosen_keys.candidate_no = preferences.chosen_no
join candidate_keys as rejected_keys
    on rejected_keys.candidate_no = preferences.rejected_no
join candidates as chosen
    on chosen.candidate_id = chosen_keys.candidate_id
join candidates as rejected
    on rejected.candidate_id = rejected_keys.candidate_id
join prompts
    on prompts.prompt_id = drawn_prompts.prompt_id
left join human_reasons as chosen_reasons
    on chosen_reasons.candidate_id = chosen_keys.candidate_id
left join human_reasons as rejected_reasons
    on rejected_reasons.candidate_id = rejected_keys.candidate_id
order by
    drawn_prompts.category,
    drawn_prompts.prompt_id,
    md5($bench_seed || chosen_keys.candidate_id || rejected_keys.candidate_id)
