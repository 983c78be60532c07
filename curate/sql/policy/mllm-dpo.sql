-- reads: preferences_left, best
-- grain: prompt
-- why: the best answer against one seeded draw among those that lose to it by the margin (mllm-dpo,
--      pair rule)
select preferences_left.*
from preferences_left
join best using (prompt_no, chosen_no)
qualify row_number() over (
    partition by preferences_left.prompt_no
    order by md5($pair_seed || preferences_left.pair_id)
) = 1
