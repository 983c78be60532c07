-- reads: altered_forms, candidate_keys
-- grain: answer whose normal form is not its text
-- why: only prompts with such an answer can have copies, so few rows go on from here; form is the md5 of
--      the normal form
select
    candidate_keys.candidate_no,
    candidate_keys.prompt_no,
    altered_forms.form
from (
    select
        candidate_id,
        min(form) as form
    from altered_forms
    group by candidate_id
) as altered_forms
join candidate_keys using (candidate_id)
