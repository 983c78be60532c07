-- reads: compared_answers (curate/kernels/jaccard.py), answer_sets
-- grain: prompt with two answers or more
-- why: the mean of 1 - Jaccard over every two answers, in whole millionths and one division
select
    answer_sets.scope as place,
    (
        sum(
            case
                when compared_answers.n_either = 0 then 0
                else 1000000 - compared_answers.n_shared * 1000000 // compared_answers.n_either
            end
        )::double / (count(*) * 1000000)
    )::decimal(18, 6) as score
from compared_answers
join answer_sets
    on answer_sets.doc_no = compared_answers.one_no
group by answer_sets.scope
