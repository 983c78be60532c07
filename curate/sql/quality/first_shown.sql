-- reads: raw_events, live_events, candidate_keys, said
-- grain: cluster of prompts x rater
-- why: how often the answer shown first won of its comparisons, in halves; a rater who saw the answers of a
--      prompt in several orders is passed over, for the vote is over all of them
with
    shown as (
        select
            live_events.prompt_no,
            live_events.rater_no,
            candidate_keys.candidate_no
        from (
            select
                event_no,
                list_filter(answers, lambda answer: answer.position = 0)[1].candidate_id as candidate_id
            from raw_events
            where array_length(answers) > 1
        ) as firsts
        join live_events using (event_no)
        join candidate_keys
            on candidate_keys.candidate_id = firsts.candidate_id
            and candidate_keys.prompt_no = live_events.prompt_no
        where live_events.precedence between 1 and 3
    ),
    firsts as (
        select
            prompt_no,
            rater_no,
            min(candidate_no) as candidate_no
        from shown
        group by prompt_no, rater_no
        having min(candidate_no) = max(candidate_no)
    )
select
    said.cluster_no,
    said.rater_no,
    count(*)::double as n_compared,
    sum(1 + said.vote * case when said.one_no = firsts.candidate_no then 1 else -1 end)::double as won_halves
from said
join firsts
    on firsts.prompt_no = said.prompt_no
    and firsts.rater_no = said.rater_no
    and firsts.candidate_no in (said.one_no, said.other_no)
group by said.cluster_no, said.rater_no
order by said.rater_no, said.cluster_no
