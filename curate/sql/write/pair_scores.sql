-- reads: scores, rubrics
-- grain: candidate x level x basis
-- why: the means shown beside an answer: by the rubric where it was scored by it, else as the source has them
with
    told as (
        select
            scores.candidate_no,
            scores.level,
            scores.metric,
            scores.value,
            case when coalesce(rubrics.accepted, false) then 'rubric' else 'overall' end as basis,
            row_number() over (
                partition by scores.candidate_no, scores.level, scores.metric, coalesce(rubrics.accepted, false)
                order by scores.rubric_id != $rubric_id, scores.rubric_id
            ) as place
        from scores
        left join rubrics using (rubric_id)
        where scores.candidate_no in (
            select chosen_no from kept_pairs
            union
            select rejected_no from kept_pairs
        )
    )
select
    candidate_no,
    level,
    basis,
    map_from_entries(list_sort(list(struct_pack(k := metric, v := value)))) as scores
from told
where place = 1
group by candidate_no, level, basis
