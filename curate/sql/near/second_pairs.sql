-- reads: rare_pairs, common_pairs, first_pairs
-- grain: two texts that may be near and that nothing joins yet
-- why: what the first round compared is known
select
    one_no,
    other_no
from (
    select * from rare_pairs
    union
    select * from common_pairs
)
anti join first_pairs using (one_no, other_no)
