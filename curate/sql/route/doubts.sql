-- reads: sheets, best_two
-- grain: prompt whose answers a judge compared
-- why: of the pairs of the judges' best answer with each other one, how many are likely to be wrong: by the
--      calibration's slope, in the reading least favourable to the best; a judge whose orders disagree is
--      more likely wrong than one that sees a tie
with
    leads as (
        select
            best.prompt_no,
            other.candidate_no,
            min(best.total - other.total)::double / 10000000000 as least
        from best_two
        join sheets as best
            on best.prompt_no = best_two.prompt_no
            and best.candidate_no = best_two.candidate_no
        join sheets as other
            on other.reading_no = best.reading_no
            and other.candidate_no != best.candidate_no
        where best_two.place = 1
        group by best.prompt_no, other.candidate_no
    )
select
    prompt_no,
    sum(round(1000000 / (1 + exp($doubt_slope * least))))::bigint as millionths
from leads
group by prompt_no
