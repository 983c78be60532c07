-- reads: kept_pairs, answer_lengths, shown_pairs
-- grain: pair of the build, with what each rule says of it: 1 is right, 0 a tie, -1 wrong, null unknown
-- why: rules that look at no content; the model's mean leaves the pair's own prompt out
with
    named as (
        select
            kept_pairs.pair_id,
            kept_pairs.prompt_no,
            kept_pairs.level_no,
            kept_pairs.chosen_no,
            kept_pairs.rejected_no,
            chosen.characters as chosen_characters,
            rejected.characters as rejected_characters,
            chosen.model as chosen_model,
            rejected.model as rejected_model
        from kept_pairs
        join answer_lengths as chosen
            on chosen.candidate_no = kept_pairs.chosen_no
        join answer_lengths as rejected
            on rejected.candidate_no = kept_pairs.rejected_no
        where kept_pairs.target = 'pairs'
    ),
    sides as (
        select prompt_no, chosen_model as model, 1 as won from named where chosen_model is not null
        union all
        select prompt_no, rejected_model as model, 0 as won from named where rejected_model is not null
    ),
    by_prompt as (
        select
            model,
            prompt_no,
            sum(won) as n_won,
            count(*) as n
        from sides
        group by model, prompt_no
    ),
    by_model as (
        select
            model,
            sum(n_won) as n_won,
            sum(n) as n
        from by_prompt
        group by model
    ),
    elsewhere as (
        select
            by_prompt.prompt_no,
            by_prompt.model,
            by_model.n_won - by_prompt.n_won as n_won,
            nullif(by_model.n - by_prompt.n, 0) as n
        from by_prompt
        join by_model using (model)
    ),
    shown as (
        select
            named.pair_id,
            sign(sum(case when shown_pairs.first_no = named.chosen_no then 1 else -1 end)) as first_says
        from named
        join shown_pairs
            on shown_pairs.prompt_no = named.prompt_no
            and shown_pairs.level_no = named.level_no
            and least(shown_pairs.first_no, shown_pairs.second_no) = least(named.chosen_no, named.rejected_no)
            and greatest(shown_pairs.first_no, shown_pairs.second_no) = greatest(named.chosen_no, named.rejected_no)
        group by named.pair_id
    )
select
    named.pair_id,
    named.prompt_no,
    sign(named.chosen_characters - named.rejected_characters)::tinyint as longer_says,
    shown.first_says::tinyint as first_says,
    sign(chosen.n_won * rejected.n - rejected.n_won * chosen.n)::tinyint as model_says
from named
left join shown using (pair_id)
left join elsewhere as chosen
    on chosen.prompt_no = named.prompt_no
    and chosen.model = named.chosen_model
left join elsewhere as rejected
    on rejected.prompt_no = named.prompt_no
    and rejected.model = named.rejected_model
