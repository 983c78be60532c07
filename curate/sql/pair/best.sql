-- reads: preferences_left
-- grain: prompt with a best answer
-- why: best loses to none, then has the greatest summed margin_raw, then tier_gap, then the smallest
--      candidate_id (DESIGN 5.4)
with
    winners as (
        select
            prompt_no,
            chosen_no,
            sum(coalesce(margin_raw, 0)) as summed_margin,
            sum(coalesce(tier_gap, 0)) as summed_gap
        from preferences_left
        anti join (select rejected_no as chosen_no from preferences_left) as losers using (chosen_no)
        group by prompt_no, chosen_no
    )
select
    prompt_no,
    chosen_no
from winners
qualify row_number() over (
    partition by prompt_no
    order by summed_margin desc, summed_gap desc, chosen_no
) = 1
