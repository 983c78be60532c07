-- reads: splits, scores, pairs; $metrics and $weight_units, one place a metric; $rubrics,
--        the workspace's own first; $weighted_metrics; $judged, false where pairs of judges alone count
--        apart, as n_judged; $seed
-- grain: answer that did not leave the build
-- why: trainers of single answers read what raters made of each. A build takes scores on their scale only, so
--      a mean is the highest value where every score in it is. Answers of a prompt are compared on one basis:
--      the rubric (1) before a source's overall (2), then people before judges before sources
with
    weights as (
        select
            unnest($metrics::varchar[]) as metric,
            unnest($weight_units::bigint[]) as weight_units
    ),
    accepted as (
        select
            unnest($rubrics::varchar[]) as rubric_id,
            generate_subscripts($rubrics::varchar[], 1) as rubric_place
    ),
    parts as (
        select
            rubric_id,
            unnest(string_split(rubric_id, ',')) as part
        from accepted
    ),
    scales as (
        select
            rubric_id,
            split_part(part, ':', 1) as metric,
            try_cast(split_part(part, ':', 3) as decimal(18, 6)) as scale_max
        from parts
        qualify row_number() over (partition by rubric_id, metric order by part) = 1
    ),
    kept as (
        select
            prompt_id,
            unnest(candidate_ids) as candidate_id
        from splits
    ),
    kept_scores as (
        select
            scores.prompt_id,
            scores.candidate_id,
            scores.rubric_id,
            scores.level,
            scores.metric,
            scores.value,
            scores.n_raters,
            scores.value = scales.scale_max as is_full,
            coalesce(weights.weight_units, 0) as weight_units,
            accepted.rubric_place
        from scores
        semi join kept using (candidate_id)
        left join accepted using (rubric_id)
        left join scales using (rubric_id, metric)
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
        from kept_scores
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
            1 as basis,
            level,
            rubric_place,
            rubric_id,
            score,
            n_raters,
            scores
        from by_rubric
        where is_whole
        union all
        select
            prompt_id,
            candidate_id,
            2 as basis,
            level,
            0 as rubric_place,
            rubric_id,
            value as score,
            n_raters,
            map {metric: value} as scores
        from kept_scores
        where rubric_place is null
            and metric = 'overall'
    ),
    bases as (
        select
            prompt_id,
            min(
                struct_pack(
                    basis := basis,
                    level_place := list_position(['human', 'judge', 'source'], level),
                    rubric_place := rubric_place,
                    rubric_id := rubric_id
                )
            ) as first
        from readings
        group by prompt_id
    ),
    chosen_readings as (
        select readings.*
        from readings
        join bases
            on bases.prompt_id = readings.prompt_id
            and bases.first.basis = readings.basis
            and bases.first.level_place = list_position(['human', 'judge', 'source'], readings.level)
            and bases.first.rubric_id = readings.rubric_id
    ),
    sides as (
        select
            $judged or level != 'judge' as counts,
            unnest([
                struct_pack(candidate_id := chosen_id, is_chosen := true),
                struct_pack(candidate_id := rejected_id, is_chosen := false)
            ]) as side
        from pairs
    ),
    standing as (
        select
            side.candidate_id as candidate_id,
            count(*) filter (where counts and side.is_chosen) as n_chosen,
            count(*) filter (where counts and not side.is_chosen) as n_rejected,
            count(*) filter (where not counts) as n_judged
        from sides
        group by side.candidate_id
    ),
    told as (
        select
            kept.prompt_id,
            kept.candidate_id,
            coalesce(read.scores, map {}) as scores,
            read.score,
            read.rubric_id,
            read.level,
            coalesce(read.n_raters, 0) as n_raters,
            coalesce(read.basis = 1 and full_marks.is_full, false) as full_marks,
            coalesce(standing.n_chosen, 0) as n_chosen,
            coalesce(standing.n_rejected, 0) as n_rejected,
            coalesce(standing.n_judged, 0) as n_judged
        from kept
        left join chosen_readings as read using (candidate_id)
        left join full_marks using (candidate_id)
        left join standing using (candidate_id)
    )
select
    *,
    row_number() over (
        partition by prompt_id
        order by full_marks desc, score desc nulls last, md5($seed || candidate_id)
    ) as place
from told
order by prompt_id
