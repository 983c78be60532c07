-- reads: decisions, prompt_facts, prompt_keys, answer_sets, routes_before
-- grain: one row
-- why: what a routing has to warn of: votes given that it no longer asks for, and answers left out
select
    count(*) filter (decisions.overlap) as n_overlap,
    count(*) filter (prompt_facts.n_answers > 1 and decisions."to" != 'none') as n_comparable,
    count(*) filter (
        routes_before."to" in ('human', 'both')
        and decisions."to" not in ('human', 'both')
        and prompt_facts.n_human_votes > 0
    ) as n_taken_back,
    count(*) filter (coalesce(answer_sets.has_late_answers, false)) as n_late,
    count(*) filter (
        $refresh
        and routes_before.frozen
        and prompt_facts.n_human_votes > 0
        and routes_before.candidate_ids is distinct from answer_sets.candidate_ids
    ) as n_changed_sets
from decisions
join prompt_keys using (prompt_id)
join prompt_facts using (prompt_id)
left join answer_sets using (prompt_no)
left join routes_before using (prompt_id)
