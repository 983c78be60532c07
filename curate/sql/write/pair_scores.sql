-- reads: scores, rating_scales, rubrics, kept_pairs
-- grain: candidate x level x basis
-- why: the means shown beside an answer: by the rubric where it was scored by it, else as the source has
--      them; where two accepted rubrics share a metric's name, the workspace's own speaks first
with
    shown as (
        select
            chosen_no as candidate_no,
            level_no,
            basis
        from kept_pairs
        union
        select
            rejected_no as candidate_no,
            level_no,
            basis
        from kept_pairs
    ),
    scales as (
        select
            rating_scales.scale_no,
            rating_scales.metric,
            case when coalesce(rubrics.accepted, false) then 1 else 2 end as basis,
            row_number() over (
                order by rating_scales.rubric_id != $rubric_id, rating_scales.scale_no
            ) as rank
        from rating_scales
        left join rubrics using (rubric_id)
    ),
    contested as (
        select
            basis,
            metric
        from scales
        group by basis, metric
        having count(*) > 1
    ),
    told as (
        select
            scores.candidate_no,
            scores.level_no,
            scales.basis,
            scales.metric,
            scales.rank,
            scores.value,
            contested.metric is not null as is_contested
        from scores
        join scales using (scale_no)
        join shown using (candidate_no, level_no, basis)
        left join contested
            on contested.basis = scales.basis
            and contested.metric = scales.metric
    ),
    settled as (
        select *
        from told
        where not is_contested
        union all
        select *
        from told
        where is_contested
        qualify row_number() over (partition by candidate_no, level_no, basis, metric order by rank) = 1
    )
select
    candidate_no,
    level_no,
    basis,
    map_from_entries(list_sort(list(struct_pack(k := metric, v := value)))) as scores
from settled
group by candidate_no, level_no, basis
