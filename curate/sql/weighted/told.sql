-- reads: rater_weights, raters
-- grain: rater whose votes are weighted
-- why: a build says whose word counted for how much
select
    raters.rater,
    rater_weights.weight::double as weight
from rater_weights
join raters using (rater_no)
order by raters.rater
