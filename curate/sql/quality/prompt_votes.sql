-- reads: said
-- grain: prompt x two raters who voted on the same pairs of its answers
-- why: agreement counts the same word whole and a tie against a preference half, so it is kept in halves;
--      concordant less discordant pairs over the root of what each rater ordered is Kendall's tau-b, for a
--      tied pair adds nothing to either; null where one of the two ordered nothing
select
    one.cluster_no,
    one.prompt_no,
    one.rater_no as one_rater_no,
    other.rater_no as other_rater_no,
    one.level_no as one_level_no,
    other.level_no as other_level_no,
    count(*) as n_compared,
    sum(2 - abs(one.vote - other.vote)) as agreed_halves,
    sum(one.vote * other.vote)
    / nullif(sqrt(sum(abs(one.vote)) * sum(abs(other.vote))), 0) as tau
from said as one
join said as other
    on other.one_no = one.one_no
    and other.other_no = one.other_no
    and other.rater_no > one.rater_no
group by all
