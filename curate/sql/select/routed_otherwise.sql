-- reads: routes, selected
-- grain: prompt that routes treat as selected where it is not, or the other way round
-- why: a judge that follows routes from before a selection would be paid for prompts nobody wants; prompts
--      that came after the routes are not in them and are waited for anyway
select routes.prompt_id
from routes
left join selected using (prompt_id)
where $selecting and (routes.rule = 'not_selected') = (selected.prompt_id is not null)
    or not $selecting and routes.rule = 'not_selected'
limit 1
