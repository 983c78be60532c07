-- reads: kept_pairs, answer_lengths, compared_models
-- grain: pair or tie of the build that the fit uses: its models' numbers, the difference in characters
-- why: a win is two halves, a tie one; where no model is named at all, only length is left to explain wins
select
    coalesce(one.model_no, -1) as one_no,
    coalesce(other.model_no, -1) as other_no,
    chosen.characters - rejected.characters as difference,
    case when kept_pairs.target = 'pairs' then 2 else 1 end as halves
from kept_pairs
join answer_lengths as chosen
    on chosen.candidate_no = kept_pairs.chosen_no
join answer_lengths as rejected
    on rejected.candidate_no = kept_pairs.rejected_no
left join compared_models as one
    on one.model = chosen.model
left join compared_models as other
    on other.model = rejected.model
where (one.model_no is not null and other.model_no is not null)
    or (select count(*) from compared_models) = 0
