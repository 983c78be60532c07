-- reads: sheets, best_two
-- grain: prompt whose best two answers a judge compared
-- why: differences of the two within one reading, averaged over a judge's readings and then over judges;
--      the least of them and how far they lie apart say how sure the judges are
with
    differences as (
        select
            sheets.prompt_no,
            sheets.rater,
            sheets.reading_no,
            sum(case best_two.place when 1 then sheets.total else -sheets.total end)::bigint as difference
        from sheets
        join best_two using (prompt_no, candidate_no)
        group by sheets.prompt_no, sheets.rater, sheets.reading_no
        having count(*) = 2
    ),
    by_judge as (
        select
            prompt_no,
            round(sum(difference)::double / count(*))::bigint as difference,
            min(difference) as least,
            max(difference) as greatest,
            count(*) as n_readings
        from differences
        group by prompt_no, rater
    )
select
    prompt_no,
    (sum(difference)::double / (count(*) * 10000000000))::decimal(18, 6) as margin,
    (min(least)::double / 10000000000)::decimal(18, 6) as least_margin,
    ((max(greatest) - min(least))::double / 10000000000)::decimal(18, 6) as spread,
    sum(n_readings)::bigint as n_readings
from by_judge
group by prompt_no
