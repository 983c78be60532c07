-- reads: probe_votes, probe_answers, raters, families
-- grain: cluster of prompts
-- why: of an answer by the judge's own family and another one, how often the judge prefers its own, and on
--      pairs that people compared too how often they do; in halves, ties one
with
    people as (
        select
            one_no,
            other_no,
            sign(sum(vote)) as vote
        from probe_votes
        where level_no = 1
        group by one_no, other_no
    ),
    owned as (
        select
            probe_votes.prompt_no,
            case when one.family = families.family then probe_votes.vote else -probe_votes.vote end as own_vote,
            case when one.family = families.family then people.vote else -people.vote end as people_vote
        from probe_votes
        join raters using (rater_no)
        join families
            on families.name = raters.rater
        join probe_answers as one
            on one.candidate_no = probe_votes.one_no
        join probe_answers as other
            on other.candidate_no = probe_votes.other_no
        left join people
            on people.one_no = probe_votes.one_no
            and people.other_no = probe_votes.other_no
        where probe_votes.level_no = 2
            and (one.family = families.family) != (other.family = families.family)
    )
select
    prompt_no % $clusters as cluster,
    sum(1 + own_vote)::bigint as own_halves,
    count(*) as n,
    coalesce(sum(own_vote - people_vote), 0)::bigint as excess_halves,
    count(people_vote) as n_both
from owned
group by all
order by all
