-- reads: speaking, repeat_raters, prompt_keys
-- grain: prompt on which two raters, or one judge in two orders, can be compared
-- why: over every two raters and two answers that both voted on 0 where they say the same, one half where one
--      sees a tie, 1 where they say opposite things; people, judges and sources count alike. A judge asked
--      in several orders is compared with itself, 1 where they contradict each other, and says a tie then
with
    said as (
        select
            prompt_no,
            one_no,
            other_no,
            rater_no,
            level_no,
            unstable,
            case when unstable then 0 else vote end as vote
        from speaking
    ),
    halves as (
        select
            one.prompt_no,
            abs(one.vote - other.vote) as apart
        from said as one
        join said as other
            on other.one_no = one.one_no
            and other.other_no = one.other_no
            and other.rater_no > one.rater_no
        where one.vote is not null
            and other.vote is not null
        union all
        select
            said.prompt_no,
            case when said.unstable then 2 else 0 end as apart
        from said
        join repeat_raters using (prompt_no, rater_no)
        where said.level_no = 2
    )
select
    prompt_keys.prompt_id,
    (sum(halves.apart)::double / (count(*) * 2))::decimal(18, 6) as score
from halves
join prompt_keys using (prompt_no)
group by prompt_keys.prompt_id
