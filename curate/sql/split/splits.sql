-- reads: labels, prompt_keys
-- grain: paired prompt
-- why: whole groups in a seeded order fill the test share, then validation, then train, so that no
--      picture is on both sides; a group is placed by where its middle falls
with
    groups as (
        select
            labels.label,
            prompt_keys.prompt_id as group_id,
            count(*) as n_prompts
        from labels
        join prompt_keys
            on prompt_keys.prompt_no = labels.label
        group by labels.label, prompt_keys.prompt_id
    ),
    placed as (
        select
            label,
            (
                sum(n_prompts) over (order by md5($split_seed || group_id) rows unbounded preceding)
                - n_prompts / 2.0
            )::double / sum(n_prompts) over () as place
        from groups
    )
select
    labels.prompt_no,
    labels.label,
    case
        when placed.place < $test_share then 'test'
        when placed.place < $test_share + $validation_share then 'validation'
        else 'train'
    end as split
from labels
join placed using (label)
