-- reads: status_lines, gold_prompts
-- grain: live event of a person or a source that came
-- why: what was superseded or deleted is no vote, and the same event in two journals is one; role is what
--      its votes are counted as: an annotator's, the expert's last word, a source's, or a review of a
--      vote; pairs are compared by annotators, and on gold by who says what is right, whose scores may be
--      an overall on a scale of their own
with
    superseded as (
        select distinct supersedes as event_id
        from status_lines
        where supersedes is not null
    ),
    known as (
        select *
        from status_lines
        anti join superseded using (event_id)
        qualify row_number() over (partition by event_id order by "at") = 1
    ),
    live as (
        select
            *,
            case
                when reviews is not null then 'review'
                when coalesce(final, false) then 'final'
                when rater.kind = 'source' then 'source'
                when regexp_full_match(rater.id, $annotators) then 'annotator'
                else 'other'
            end as role
        from known
        where not coalesce(deleted, false)
            and failure.reason is null
    )
select
    row_number() over (order by event_id) as event_no,
    "at",
    prompt_id,
    rater.kind as rater_kind,
    rater.id as rater,
    role,
    role = 'annotator' or (role in ('final', 'source') and gold_prompts.prompt_id is not null) as compares,
    coalesce(rubric_id in $rubric_ids, false) as is_scored,
    role != 'annotator' and overall_scale is not null as has_overall,
    coalesce(answers, []) as answers,
    case when coalesce(confirmed, true) or rater.kind = 'source' then tiers end as tiers,
    reviews,
    coalesce(flags, []) as flags,
    usage.seconds as seconds
from live
left join gold_prompts using (prompt_id)
