-- reads: preferences_left, best
-- grain: preference of a prompt's best answer
-- why: the best answer against those that lose to it by the margin; pair/drawn_choice takes one (mllm-dpo,
--      pair rule)
select preferences_left.*
from preferences_left
join best using (prompt_no, chosen_no)
