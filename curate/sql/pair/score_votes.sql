-- reads: sheets, repeat_raters, live_events
-- grain: pair of answers x rater who scored both
-- why: differences are taken within one unit and averaged over the rater's units (DESIGN 5.1);
--      one_no is the smaller candidate, a positive difference favours it; a rater with one unit a
--      prompt has nothing to average; a judge whose orders of the answers disagree in sign, or by more
--      than a share of the widest difference, is unstable on that pair
with
    differences as (
        select
            one.candidate_no as one_no,
            other.candidate_no as other_no,
            one.prompt_no,
            one.rater_no,
            one.level_no,
            one.precedence,
            one.basis,
            one.unit_no,
            one.total - other.total as difference,
            ((one.total - other.total)::double / one.span)::decimal(18, 6) as share
        from sheets as one
        join sheets as other
            on other.unit_no = one.unit_no
            and other.basis = one.basis
            and other.precedence = one.precedence
            and other.candidate_no > one.candidate_no
    ),
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
    (difference::double / 10000000000)::decimal(18, 6) as difference,
    share,
    false as unstable
from differences
anti join repeat_raters using (prompt_no, rater_no)
union all
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
