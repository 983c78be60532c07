-- reads: prompts, raw_candidates, wanted (the prompts for which --where holds), selected
-- grain: one prompt to sample
-- why: what came from elsewhere counts as answered; other models' samples do not, or a second model
--      would find nothing to do. The first by id are taken, so that --limit takes the same ones again
with
    answered as (
        select distinct prompt_id
        from raw_candidates
        where not starts_with(source, $sampled)
    )
select prompts.*
from prompts
semi join wanted using (prompt_id)
where (not $only_missing or prompt_id not in (select prompt_id from answered))
    and (not $selecting or prompt_id in (select prompt_id from selected))
order by prompts.prompt_id
limit $most
