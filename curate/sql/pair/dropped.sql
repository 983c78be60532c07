-- reads: verdicts, judged_preferences, capped, filtered_pairs, over_length, over_caps, over_mix, over_longer, drafts, unrated, candidate_keys, prompt_keys
-- grain: compared pair that gave no pair and no tie, or prompt without a comparison
-- why: pairs + ties + these = pairs of answers that somebody compared; detail names the two answers
with
    undecided as (
        select
            one_no as chosen_no,
            other_no as rejected_no,
            outcome as reason,
            ' ~ ' as relation,
            difference as score,
            null::varchar as detail
        from verdicts
        where outcome in ('no_consensus', 'conflict', 'contradiction', 'unstable')
    ),
    refused as (
        select
            chosen_no,
            rejected_no,
            reason,
            ' > ' as relation,
            margin_raw as score,
            detail
        from judged_preferences
        where reason is not null
    ),
    passed_over as (
        select
            judged_preferences.chosen_no,
            judged_preferences.rejected_no,
            case when capped.over_cap is null then 'not_drawn' else 'over_cap' end as reason,
            ' > ' as relation,
            judged_preferences.margin_raw as score,
            case when capped.over_written then 'a third pair with a written answer' end as detail
        from judged_preferences
        left join capped using (chosen_no, rejected_no)
        where judged_preferences.reason is null
            and coalesce(capped.over_cap, true)
    ),
    filtered as (
        select
            drafts.chosen_no,
            drafts.rejected_no,
            'filter:' || filtered_pairs.name as reason,
            ' > ' as relation,
            drafts.margin_raw as score,
            null::varchar as detail
        from drafts
        join filtered_pairs using (pair_id)
    ),
    too_long as (
        select
            drafts.chosen_no,
            drafts.rejected_no,
            'over_length' as reason,
            ' > ' as relation,
            drafts.margin_raw as score,
            over_length.cap as detail
        from drafts
        join over_length using (pair_id)
    ),
    balanced as (
        select
            drafts.chosen_no,
            drafts.rejected_no,
            'over_cap' as reason,
            ' > ' as relation,
            drafts.margin_raw as score,
            caps.cap as detail
        from drafts
        join (
            select * from over_caps
            union all
            select * from over_mix
            union all
            select * from over_longer
        ) as caps using (pair_id)
    ),
    every_pair as (
        select * from undecided
        union all
        select * from refused
        union all
        select * from passed_over
        union all
        select * from filtered
        union all
        select * from too_long
        union all
        select * from balanced
    )
select
    'pair' as level,
    md5(one.candidate_id || other.candidate_id) as id,
    null::varchar as source,
    null::bigint as line,
    'pair' as step,
    every_pair.reason,
    one.candidate_id || every_pair.relation || other.candidate_id || coalesce(': ' || every_pair.detail, '') as detail,
    null::varchar as other_id,
    every_pair.score
from every_pair
join candidate_keys as one
    on one.candidate_no = every_pair.chosen_no
join candidate_keys as other
    on other.candidate_no = every_pair.rejected_no
union all
select
    'prompt' as level,
    prompt_keys.prompt_id as id,
    null::varchar as source,
    null::bigint as line,
    'pair' as step,
    'unrated' as reason,
    unrated.detail,
    null::varchar as other_id,
    null::decimal(18, 6) as score
from unrated
join prompt_keys using (prompt_no)
