-- reads: current_events
-- grain: one live event of a person, a judge or a source about a known prompt
-- why: what votes, scores, copies and figures are made from: a reward model never votes (DESIGN 5.3), so
--      nothing that reads these can take its rewards for one
select *
from current_events
where level_no < 4
