-- reads: preferences
-- grain: preference inside a strongly connected component
-- why: a cycle says nothing of which answer is best, so all of it goes (DESIGN 5.3); a prompt where
--      every preferred answer wins more often than the one it beats has no cycle and is not searched
with recursive
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
        join wins as lost
            on lost.chosen_no = preferences.rejected_no
        where lost.n_wins >= wins.n_wins
    ),
    edges as (
        select
            chosen_no,
            rejected_no
        from preferences
        where prompt_no in (select prompt_no from suspects)
    ),
    reached as (
        select
            chosen_no,
            rejected_no
        from edges
        union
        select
            reached.chosen_no,
            edges.rejected_no
        from reached
        join edges
            on edges.chosen_no = reached.rejected_no
    )
select
    edges.chosen_no,
    edges.rejected_no
from edges
join reached
    on reached.chosen_no = edges.rejected_no
    and reached.rejected_no = edges.chosen_no
