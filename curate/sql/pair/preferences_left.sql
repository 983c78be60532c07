-- reads: judged_preferences
-- grain: preference that a policy may take
-- why: what policies choose among
select * exclude (reason, detail)
from judged_preferences
where reason is null
