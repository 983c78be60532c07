-- reads: raw_events
-- grain: one row, of one judge's judgements that came by this wording
-- why: what replies took so far says more than any rule of thumb: output with thoughts, each for one score
with
    came as (
        select
            usage,
            prompt_id,
            array_length(answers) * $n_metrics as n_scores
        from raw_events
        where rater.kind = 'judge'
            and rater.id = $rater
            and rubric_hash = $rubric_hash
            and failure is null
            and usage is not null
            and usage.output_tokens > 0
    )
select
    count(*) as n_calls,
    count(distinct prompt_id) as n_prompts,
    sum(usage.output_tokens + usage.thought_tokens) / sum(n_scores) as output_a_score,
    avg(usage.seconds) as seconds
from came
where n_scores > 0
