-- reads: preferences, cycle_pairs, veto_means, vetoes
-- grain: preference, with why it leaves
-- why: in this order: cycles, then the margin, then the veto (DESIGN 5.3); a rank-only preference has
--      no margin and passes; reason is null where it stays
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
select
    preferences.*,
    case
        when cycle_pairs.chosen_no is not null then 'cycle'
        when preferences.margin_raw < greatest(0, $min_margin) then 'below_margin'
        when vetoed.chosen_no is not null then 'veto'
    end as reason,
    case
        when cycle_pairs.chosen_no is null and coalesce(preferences.margin_raw >= greatest(0, $min_margin), true)
            then vetoed.detail
    end as detail
from preferences
left join cycle_pairs using (chosen_no, rejected_no)
left join vetoed using (chosen_no, rejected_no)
