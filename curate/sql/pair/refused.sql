-- reads: cycle_pairs, veto_means, vetoes
-- grain: preference that stands in a cycle or is vetoed
-- why: few rows, so that nothing else need be kept of the preferences (DESIGN 5.3)
with
    vetoed as (
        select
            veto_means.chosen_no,
            veto_means.rejected_no,
            min(veto_means.metric || ' ' || veto_means.chosen_mean::varchar || ' against ' || veto_means.rejected_mean::varchar) as detail
        from veto_means
        join vetoes using (metric)
        where veto_means.chosen_mean < vetoes.minimum
            or veto_means.chosen_mean < veto_means.rejected_mean
        group by all
    )
select distinct
    chosen_no,
    rejected_no,
    'cycle' as reason,
    null::varchar as detail
from cycle_pairs
union all
select
    chosen_no,
    rejected_no,
    'veto' as reason,
    detail
from vetoed
anti join cycle_pairs using (chosen_no, rejected_no)
