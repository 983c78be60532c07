-- reads: speaking, overlap_prompts
-- grain: pair of answers x rater, of people and judges, on prompts of the overlap
-- why: kept once, since all that is said of a judge is counted from these
select
    speaking.one_no,
    speaking.other_no,
    speaking.prompt_no,
    speaking.level_no,
    speaking.vote,
    speaking.share
from speaking
semi join overlap_prompts using (prompt_no)
where speaking.level_no in (1, 2)
    and speaking.vote is not null
