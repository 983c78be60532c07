-- reads: raw_routes, prompt_keys
-- grain: prompt of the overlap, with the probability with which it was drawn
-- why: only these were drawn by nobody's choice, so only their votes say what a judge is worth (DESIGN 5.9)
select
    prompt_keys.prompt_no,
    raw_routes.inclusion_probability as probability
from raw_routes
join prompt_keys using (prompt_id)
where raw_routes.overlap
    and raw_routes.inclusion_probability > 0
