-- reads: disagree, wanted
-- grain: one row
-- why: what the command says: prompts that at least two people can be compared on, and those in dispute
select
    (select count(*) from disagree where n_compared > 0) as compared,
    (select count(*) from wanted) as disputed,
    (select count(*) from wanted where n_answers not between $fewest_answers and $most_answers) as left_out
