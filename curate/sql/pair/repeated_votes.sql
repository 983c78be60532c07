-- reads: differences, repeat_raters, live_events
-- grain: pair of answers x rater who scored both in several units
-- why: differences are averaged over the rater's units (DESIGN 5.1); a judge whose orders of the answers
--      disagree in sign, or by more than a share of the widest difference, is unstable on that pair
with
    by_order as (
        select
            differences.one_no,
            differences.other_no,
            differences.prompt_no,
            differences.rater_no,
            differences.level_no,
            differences.precedence,
            differences.basis,
            live_events.order_no,
            sum(differences.difference) as difference,
            sum(differences.share) as share,
            count(*) as n_units,
            (sum(differences.share)::double / count(*))::decimal(18, 6) as mean_share
        from differences
        join repeat_raters using (prompt_no, rater_no)
        join live_events
            on live_events.event_no = differences.unit_no
        group by all
    )
select
    one_no,
    other_no,
    prompt_no,
    rater_no,
    level_no,
    precedence,
    basis,
    (sum(difference)::double / (sum(n_units) * 10000000000))::decimal(18, 6) as difference,
    (sum(share)::double / sum(n_units))::decimal(18, 6) as share,
    level_no = 2
    and (
        (min(mean_share) < 0 and max(mean_share) > 0)
        or max(mean_share) - min(mean_share) > $unstable_above
    ) as unstable
from by_order
group by one_no, other_no, prompt_no, rater_no, level_no, precedence, basis
