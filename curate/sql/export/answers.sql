-- reads: splits, asked, candidates, scores, rating_scales, pairs; $metrics and $weight_units, one place a
--        metric; $rubrics, the workspace's own first; $weighted_metrics; $judged, false where pairs of
--        judges alone do not count; $seed
-- grain: answer that did not leave the build
-- why: trainers of single answers read what raters made of each
with
    weights as (
        select
            unnest($metrics::varchar[]) as metric,
            unnest($weight_units::bigint[]) as weight_units
    ),
    kept as (
        select
            prompt_id,
            unnest(candidate_ids) as candidate_id
        from splits
    ),
    placed_scores as (
        select
            scores.prompt_id,
            scores.candidate_id,
            scores.rubric_id,
            scores.level,
            scores.metric,
            scores.value,
            scores.n_raters,
            scores.value = rating_scales.scale_max as is_full,
            coalesce(weights.weight_units, 0) as weight_units,
            list_position($rubrics::varchar[], scores.rubric_id) as rubric_place
        from scores
        join kept using (prompt_id, candidate_id)
        left join rating_scales using (rubric_id, metric)
        left join weights using (metric)
    ),
    by_rubric as (
        select
            prompt_id,
            candidate_id,
            rubric_id,
            level,
            rubric_place,
            (sum(value * weight_units) / 10000)::decimal(18, 6) as score,
            count(*) filter (where weight_units > 0) = $weighted_metrics as is_whole,
            bool_and(is_full) filter (where weight_units > 0) as is_full,
            min(n_raters) filter (where weight_units > 0) as n_raters,
            map_from_entries(list_sort(list(struct_pack(k := metric, v := value)))) as scores
        from placed_scores
        where rubric_place is not null
        group by prompt_id, candidate_id, rubric_id, level, rubric_place
    ),
    full_marks as (
        select
            candidate_id,
            bool_and(is_full) as is_full
        from by_rubric
        group by candidate_id
    ),
    readings as (
        select
            prompt_id,
            candidate_id,
            rubric_id,
            level,
            rubric_place,
            score,
            n_raters,
            scores
        from by_rubric
        where is_whole
        union all
        select
            prompt_id,
            candidate_id,
            rubric_id,
            level,
            len($rubrics) + 1 as rubric_place,
            value as score,
            n_raters,
            map {metric: value} as scores
        from placed_scores
        where rubric_place is null
            and metric = 'overall'
    ),
    bases as (
        select
            prompt_id,
            rubric_id,
            level
        from readings
        qualify row_number() over (
            partition by prompt_id
            order by
                least(rubric_place, len($rubrics) + 1) > len($rubrics),
                list_position(['human', 'judge', 'source'], level),
                rubric_place,
                rubric_id
        ) = 1
    ),
    sides as (
        select
            chosen_id as candidate_id,
            1 as n_chosen,
            0 as n_rejected
        from pairs
        where $judged or level != 'judge'
        union all
        select
            rejected_id as candidate_id,
            0 as n_chosen,
            1 as n_rejected
        from pairs
        where $judged or level != 'judge'
    ),
    standing as (
        select
            candidate_id,
            sum(n_chosen)::bigint as n_chosen,
            sum(n_rejected)::bigint as n_rejected
        from sides
        group by candidate_id
    ),
    told as (
        select
            kept.prompt_id,
            kept.candidate_id,
            readings.score,
            bases.rubric_id,
            if(readings.score is null, null, bases.level) as level,
            coalesce(readings.n_raters, 0) as n_raters,
            coalesce(readings.scores, map {}) as scores,
            coalesce(full_marks.is_full, false) as full_marks,
            coalesce(standing.n_chosen, 0) as n_chosen,
            coalesce(standing.n_rejected, 0) as n_rejected
        from kept
        left join bases using (prompt_id)
        left join readings
            on readings.candidate_id = kept.candidate_id
            and readings.rubric_id = bases.rubric_id
            and readings.level = bases.level
        left join full_marks
            on full_marks.candidate_id = kept.candidate_id
        left join standing
            on standing.candidate_id = kept.candidate_id
    ),
    placed as (
        select
            *,
            row_number() over (
                partition by prompt_id
                order by full_marks desc, score desc, md5($seed || candidate_id)
            ) as place
        from told
        where score is not null
    )
select
    asked.* exclude (reference),
    told.candidate_id,
    candidates.response,
    candidates.origin,
    list_transform(candidates.generations, lambda made: made.model) as models,
    told.scores,
    told.score,
    if(told.score is null, null, told.rubric_id) as rubric_id,
    told.level,
    told.n_raters,
    told.full_marks,
    placed.place,
    told.n_chosen,
    told.n_rejected
from told
join asked using (prompt_id)
join candidates
    on candidates.candidate_id = told.candidate_id
left join placed
    on placed.candidate_id = told.candidate_id
order by asked.split, told.prompt_id, told.candidate_id
