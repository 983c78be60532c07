-- reads: named_choices
-- grain: pair that the policy takes
-- why: for policies that take all they may
select *
from named_choices
