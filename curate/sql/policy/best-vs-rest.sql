-- reads: preferences_left, best
-- grain: preference of a prompt's best answer
-- why: the best answer against each that loses to it
select preferences_left.*
from preferences_left
join best using (prompt_no, chosen_no)
