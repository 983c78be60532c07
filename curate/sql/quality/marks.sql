-- reads: spoken
-- grain: answer x rater who scored it
-- why: centred is the score less the rater's mean of the prompt, null where the rater scored no other answer
--      of it
with
    means as (
        select
            prompt_no,
            rater_no,
            avg(score) as mean
        from spoken
        group by prompt_no, rater_no
        having count(*) > 1
    )
select
    spoken.prompt_no,
    spoken.rater_no,
    spoken.level_no,
    spoken.candidate_no,
    spoken.score,
    spoken.score - means.mean as centred
from spoken
left join means using (prompt_no, rater_no)
