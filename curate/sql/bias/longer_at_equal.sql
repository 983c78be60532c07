-- reads: probe_votes, probe_answers
-- grain: cluster of prompts
-- why: where people hold two answers equal, the judge has no reason to prefer the longer
with
    joined as (
        select
            one_no,
            other_no,
            min(prompt_no) as prompt_no,
            count(*) filter (level_no = 1) as n_people,
            count(*) filter (level_no = 1 and vote != 0) as n_decided,
            sign(sum(vote) filter (level_no = 2)) as judged
        from probe_votes
        group by one_no, other_no
    )
select
    'judge' as part,
    joined.prompt_no % $clusters as cluster,
    sum(1 + joined.judged * sign(one.characters - other.characters))::bigint as counted,
    2 * count(*) as n
from joined
join probe_answers as one
    on one.candidate_no = joined.one_no
join probe_answers as other
    on other.candidate_no = joined.other_no
where joined.n_people > 0
    and joined.n_decided = 0
    and joined.judged is not null
    and one.characters != other.characters
group by all
order by all
