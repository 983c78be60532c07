-- reads: compared_models
-- grain: model
-- why: the names, in the order of their numbers
select model
from compared_models
order by model_no
