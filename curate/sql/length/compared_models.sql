-- reads: kept_pairs, answer_lengths
-- grain: model that is compared, numbered from the most compared on
-- why: strengths are of models whose comparisons name both sides; 200 of them bound the fit's memory
with
    sides as (
        select
            chosen.model as one,
            rejected.model as other
        from kept_pairs
        join answer_lengths as chosen
            on chosen.candidate_no = kept_pairs.chosen_no
        join answer_lengths as rejected
            on rejected.candidate_no = kept_pairs.rejected_no
        where chosen.model is not null
            and rejected.model is not null
    ),
    named as (
        select one as model from sides
        union all
        select other as model from sides
    )
select
    model,
    (row_number() over (order by count(*) desc, model) - 1)::integer as model_no
from named
group by model
qualify row_number() over (order by count(*) desc, model) <= 200
