-- reads: preferences
-- grain: preference of a prompt that may have a cycle
-- why: a prompt where every preferred answer wins more often than the one it beats has no cycle and is
--      not searched; the left join keeps an engine from comparing all counts with all others first
with
    wins as (
        select
            chosen_no,
            count(*) as n_wins
        from preferences
        group by chosen_no
    ),
    suspects as (
        select distinct preferences.prompt_no
        from preferences
        join wins using (chosen_no)
        left join wins as lost
            on lost.chosen_no = preferences.rejected_no
        where coalesce(lost.n_wins, 0) >= wins.n_wins
    )
select
    chosen_no,
    rejected_no
from preferences
where prompt_no in (select prompt_no from suspects)
