-- reads: probe_votes, probe_answers
-- grain: level and kind of prompt x cluster of prompts
-- why: of a refusal and an answer, how often the refusal is preferred, ties as halves
with
    joined as (
        select
            one_no,
            other_no,
            level_no,
            min(prompt_no) as prompt_no,
            sign(sum(vote)) as vote
        from probe_votes
        group by one_no, other_no, level_no
    )
select
    case joined.level_no when 1 then 'human' when 2 then 'judge' else 'source' end
    || case when one.is_safety then ', safety' else '' end as part,
    joined.prompt_no % $clusters as cluster,
    sum(1 + case when one.is_refusal then joined.vote else -joined.vote end)::bigint as counted,
    2 * count(*) as n
from joined
join probe_answers as one
    on one.candidate_no = joined.one_no
join probe_answers as other
    on other.candidate_no = joined.other_no
where one.is_refusal != other.is_refusal
group by all
order by all
