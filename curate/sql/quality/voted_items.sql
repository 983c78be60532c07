-- reads: said
-- grain: pair of answers that at least three raters of one kind voted on
-- why: codes spell who said what, in one order, so that items with the same votes are one pattern; a code is
--      four times the rater and the vote as 0, 1 or 2
select
    cluster_no,
    prompt_no,
    one_no,
    other_no,
    list_sort(list(rater_no::bigint * 4 + vote + 1)) as codes
from said
where level_no = $level_no
group by cluster_no, prompt_no, one_no, other_no
having count(*) >= $raters_an_item
