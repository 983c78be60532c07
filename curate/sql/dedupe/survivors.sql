-- reads: copies, told_apart
-- grain: answer that is dropped, with the survivor it is a copy of
-- why: a survivor is a copy with no earlier copy that it could be dropped onto
with
    homes as (
        select
            candidate_no,
            prompt_no,
            form,
            place
        from copies
        where home_no = candidate_no
    ),
    mergeable as (
        select
            later.candidate_no,
            later.prompt_no,
            later.form,
            earlier.candidate_no as survivor_no,
            earlier.place
        from homes as later
        join homes as earlier
            on earlier.prompt_no = later.prompt_no
            and earlier.form = later.form
            and earlier.place < later.place
        anti join told_apart
            on told_apart.one_no = later.candidate_no
            and told_apart.other_no = earlier.candidate_no
    )
select
    mergeable.candidate_no,
    mergeable.survivor_no
from mergeable
anti join mergeable as roots
    on roots.candidate_no = mergeable.survivor_no
qualify row_number() over (partition by mergeable.candidate_no order by mergeable.place) = 1
