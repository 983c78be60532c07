-- reads: fresh, shapes
-- grain: page and number of raters that new work goes to
-- why: of the tasks that go into a project, gold_share are to be gold
select
    fresh.n_answers::integer as answers,
    shapes.pictures,
    shapes.videos,
    fresh.raters::integer as raters,
    count(*)::integer as n_work,
    round(count(*) * $gold_share / (1 - $gold_share))::integer as n_gold
from fresh
join shapes using (prompt_id)
group by all
