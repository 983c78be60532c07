-- reads: a_pairs, b_pairs
-- grain: two answers that are a pair in one build and not, or the other way round, in the other
-- why: ids come from content, so the same two answers have the same ids in every build
with
    before as (
        select
            pair_id,
            prompt_id,
            chosen_id,
            least(chosen_id, rejected_id) as one_id,
            greatest(chosen_id, rejected_id) as other_id
        from a_pairs
    ),
    after as (
        select
            pair_id,
            prompt_id,
            chosen_id,
            least(chosen_id, rejected_id) as one_id,
            greatest(chosen_id, rejected_id) as other_id
        from b_pairs
    )
select
    coalesce(after.pair_id, before.pair_id) as pair_id,
    coalesce(after.prompt_id, before.prompt_id) as prompt_id,
    coalesce(after.one_id, before.one_id) as one_id,
    coalesce(after.other_id, before.other_id) as other_id,
    case
        when before.pair_id is null then 'added'
        when after.pair_id is null then 'lost'
        else 'flipped'
    end as change
from before
full join after
    on after.one_id = before.one_id
    and after.other_id = before.other_id
where before.chosen_id is distinct from after.chosen_id
