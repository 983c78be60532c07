-- reads: prompt_facts, rule_matches, routes_before, selected
-- grain: prompt, with all that decides who rates it
-- why: the first rule that holds decides; what was drawn or picked once stays so; without a selection every
--      prompt is selected
with
    first_rules as (
        select
            prompt_id,
            min(rule_no) as rule_no
        from rule_matches
        group by prompt_id
    )
select
    prompt_facts.prompt_id,
    prompt_facts.n_answers,
    first_rules.rule_no,
    list_contains(prompt_facts.failures, 'blocked') as blocked,
    routes_before.rule as before_rule,
    coalesce((routes_before.inclusion_probability * 1000000)::bigint * 1000000, 0) as before,
    not $selecting or selected.prompt_id is not null as selected
from prompt_facts
left join first_rules using (prompt_id)
left join routes_before using (prompt_id)
left join selected using (prompt_id)
