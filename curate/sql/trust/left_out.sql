-- reads: overlap_votes, overlap_prompts
-- grain: prompt of the overlap on whose answers several people and a judge voted
-- why: each person in turn is held against the others, and the judge against the same others: what a judge
--      can reach is what a person reaches; in halves, so that ties count one half
with
    judged as (
        select
            one_no,
            other_no,
            sign(sum(vote)) as vote
        from overlap_votes
        where level_no = 2
        group by one_no, other_no
    ),
    people as (
        select
            overlap_votes.one_no,
            overlap_votes.other_no,
            overlap_votes.prompt_no,
            overlap_votes.vote,
            sum(overlap_votes.vote) over (partition by overlap_votes.one_no, overlap_votes.other_no) as all_votes,
            judged.vote as judge_vote
        from overlap_votes
        join judged using (one_no, other_no)
        where overlap_votes.level_no = 1
    ),
    held as (
        select
            prompt_no,
            vote * sign(all_votes - vote) as person_says,
            judge_vote * sign(all_votes - vote) as judge_says
        from people
        where all_votes != vote
    )
select
    held.prompt_no,
    min(overlap_prompts.probability) as probability,
    count(*) as n_votes,
    sum(1 + held.person_says)::bigint as person_halves,
    sum(1 + held.judge_says)::bigint as judge_halves
from held
join overlap_prompts using (prompt_no)
group by held.prompt_no
order by held.prompt_no
