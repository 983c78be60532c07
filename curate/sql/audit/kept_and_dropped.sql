-- reads: event_answers, ratings_kept, tier_places, validate_dropped, candidate_keys, dedupe_dropped,
--        decontaminate_dropped, filter_dropped, kept_candidates, prompt_keys, filtered_prompts, lost_prompts,
--        survivors, boilerplate, verdicts, kept_pairs, pair_dropped
-- grain: step x level
-- why: kept + dropped = input at every step (DESIGN 4); the build stops where it does not hold
with
    duplicate_prompts as (
        select prompt_no
        from lost_prompts
        where step = 'dedupe'
    ),
    unique_answers as (
        select
            candidate_no,
            prompt_no
        from candidate_keys
        anti join survivors using (candidate_no)
        anti join boilerplate using (candidate_no)
        anti join duplicate_prompts using (prompt_no)
    )
select 'validate' as step, 'row' as level,
    (select coalesce(sum(n_ratings), 0)::bigint from event_answers) + (select count(*) from tier_places) + (select count(*) from strangers) as n_in,
    (select count(*) from ratings_kept) + (select count(*) from tier_places where candidate_no is not null) as n_kept,
    (select count(*) from validate_dropped) as n_dropped
union all
select 'dedupe', 'prompt',
    (select count(*) from prompt_keys),
    (select count(*) from prompt_keys anti join duplicate_prompts using (prompt_no)),
    (select count(*) from dedupe_dropped where level = 'prompt')
union all
select 'dedupe', 'candidate',
    (select count(*) from candidate_keys),
    (select count(*) from unique_answers),
    (select count(*) from dedupe_dropped where level = 'candidate')
union all
select 'decontaminate', 'prompt',
    (select count(*) from prompt_keys anti join duplicate_prompts using (prompt_no)),
    (select count(*) from prompt_keys anti join lost_prompts using (prompt_no)),
    (select count(*) from decontaminate_dropped where level = 'prompt')
union all
select 'decontaminate', 'candidate',
    (select count(*) from unique_answers),
    (select count(*) from unique_answers anti join lost_prompts using (prompt_no)),
    (select count(*) from decontaminate_dropped where level = 'candidate')
union all
select 'filter', 'prompt',
    (select count(*) from prompt_keys anti join lost_prompts using (prompt_no)),
    (select count(*) from prompt_keys anti join lost_prompts using (prompt_no) anti join filtered_prompts using (prompt_id)),
    (select count(*) from filter_dropped where level = 'prompt')
union all
select 'filter', 'candidate',
    (select count(*) from unique_answers anti join lost_prompts using (prompt_no)),
    (select count(*) from kept_candidates),
    (select count(*) from filter_dropped where level = 'candidate')
union all
select 'pair', 'prompt',
    (select count(*) from prompt_keys anti join lost_prompts using (prompt_no) anti join filtered_prompts using (prompt_id)),
    (select count(distinct prompt_no) from verdicts),
    (select count(*) from pair_dropped where level = 'prompt')
union all
select 'pair', 'pair',
    (select count(*) from verdicts),
    (select count(*) from kept_pairs),
    (select count(*) from pair_dropped where level = 'pair')
