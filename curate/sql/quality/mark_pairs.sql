-- reads: marks
-- grain: answer x two raters who scored it
-- why: weight is 1 / (m - 1) of the answer's m raters of one level, as Krippendorff's coincidences have it,
--      null for raters of two levels; centred_weight the same over raters whose centred score is known
with
    counted as (
        select
            candidate_no,
            level_no,
            1 / (count(*) - 1)::double as weight,
            1 / nullif(count(centred) - 1, 0)::double as centred_weight
        from marks
        group by candidate_no, level_no
        having count(*) > 1
    )
select
    (one.prompt_no % $clusters)::integer as cluster_no,
    one.rater_no as one_rater_no,
    other.rater_no as other_rater_no,
    one.level_no as one_level_no,
    other.level_no as other_level_no,
    one.score as one_score,
    other.score as other_score,
    one.centred as one_centred,
    other.centred as other_centred,
    case when other.level_no = one.level_no then counted.weight end as weight,
    case when other.level_no = one.level_no then counted.centred_weight end as centred_weight
from marks as one
join marks as other
    on other.candidate_no = one.candidate_no
    and other.rater_no > one.rater_no
left join counted
    on counted.candidate_no = one.candidate_no
    and counted.level_no = one.level_no
