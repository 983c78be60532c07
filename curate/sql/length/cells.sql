-- reads: comparisons
-- grain: two models x difference in length, in hundredths of the deviation up to five of them
-- why: so many rows and no more go to the fit, whatever the number of pairs
select
    one_no,
    other_no,
    least(greatest(round(100 * difference / $length_deviation), -500), 500)::integer as step,
    sum(halves)::bigint as halves,
    count(*) as n
from comparisons
group by all
order by all
