-- reads: sheets
-- grain: prompt x its best and second answer in the eyes of the judges
-- why: an answer stands by how far its totals lie above the mean of their reading, averaged over a
--      judge's readings and then over judges; equals stand by id
with
    reading_sums as (
        select
            reading_no,
            count(*) as n_answers,
            sum(total)::bigint as total
        from sheets
        group by reading_no
        having count(*) > 1
    ),
    by_judge as (
        select
            sheets.prompt_no,
            sheets.candidate_no,
            sheets.rater,
            round(
                sum(
                    round((sheets.total * reading_sums.n_answers - reading_sums.total)::double / reading_sums.n_answers)::bigint
                )::double / count(*)
            )::bigint as lead
        from sheets
        join reading_sums using (reading_no)
        group by sheets.prompt_no, sheets.candidate_no, sheets.rater
    ),
    standings as (
        select
            prompt_no,
            candidate_no,
            sum(lead)::double / count(*) as lead
        from by_judge
        group by prompt_no, candidate_no
    )
select
    prompt_no,
    candidate_no,
    row_number() over (partition by prompt_no order by lead desc, candidate_no) as place
from standings
qualify place <= 2
