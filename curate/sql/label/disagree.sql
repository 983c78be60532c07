-- reads: speaking, live_events, prompt_keys
-- grain: prompt on which people voted, with no final vote yet
-- why: agreement is over two people and two answers that both voted on: 1 where they say the same, one half
--      where one of them sees a tie, 0 where they say opposite things; null where nobody can be compared
with
    said as (
        select
            prompt_no,
            one_no,
            other_no,
            rater_no,
            vote,
            conflicted
        from speaking
        where level_no = 1
            and precedence = 1
    ),
    open_prompts as (
        select
            prompt_no,
            count(distinct rater_no) as n_raters
        from live_events
        where level_no = 1
        group by prompt_no
        having min(precedence) > 0
    ),
    compared as (
        select
            one.prompt_no,
            count(*) as n_compared,
            (sum(2 - abs(one.vote - other.vote))::double / (count(*) * 2))::decimal(18, 6) as agreement
        from said as one
        join said as other
            on other.one_no = one.one_no
            and other.other_no = one.other_no
            and other.rater_no > one.rater_no
        where one.vote is not null
            and other.vote is not null
        group by one.prompt_no
    ),
    conflicts as (
        select
            prompt_no,
            count(*) as n_conflicts
        from said
        where conflicted
        group by prompt_no
    )
select
    open_prompts.prompt_no,
    prompt_keys.prompt_id,
    open_prompts.n_raters,
    coalesce(compared.n_compared, 0) as n_compared,
    compared.agreement,
    coalesce(conflicts.n_conflicts, 0) as n_conflicts
from open_prompts
join prompt_keys using (prompt_no)
left join compared using (prompt_no)
left join conflicts using (prompt_no)
