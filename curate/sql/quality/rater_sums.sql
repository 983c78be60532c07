-- reads: pair_sums (of the weighted sum)
-- grain: cluster of prompts x rater
-- why: leniency and spread are against others of the same kind on the same answers, so that hard prompts
--      make nobody severe
with
    sides as (
        select
            cluster_no,
            one_rater_no as rater_no,
            n,
            one - other as above,
            one_centred_square as own,
            other_centred_square as theirs
        from pair_sums
        where one_level_no = other_level_no
        union all
        select
            cluster_no,
            other_rater_no as rater_no,
            n,
            other - one as above,
            other_centred_square as own,
            one_centred_square as theirs
        from pair_sums
        where one_level_no = other_level_no
    )
select
    cluster_no,
    rater_no,
    sum(n) as n,
    sum(above) as above,
    sum(own) as own,
    sum(theirs) as theirs
from sides
group by cluster_no, rater_no
order by rater_no, cluster_no
