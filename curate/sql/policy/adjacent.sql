-- reads: preferences_left
-- grain: preference with no answer between
-- why: neighbours in the order only, the hardest pairs of a prompt
select preferences_left.*
from preferences_left
anti join (
    select
        above.chosen_no,
        below.rejected_no
    from preferences_left as above
    join preferences_left as below
        on below.chosen_no = above.rejected_no
) as bridged
    using (chosen_no, rejected_no)
