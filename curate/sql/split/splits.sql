-- reads: labels, prompt_keys
-- grain: prompt that did not leave
-- why: whole groups in a seeded order fill the test share, then validation, then train, so that no
--      picture is on both sides; a group is placed by where its middle falls. Shares are of the
--      paired prompts: a group without one is placed where it stands, and takes no room
with
    counted as (
        select
            label,
            count(*) filter (where paired) as n_paired,
            count(*) as n_prompts
        from labels
        group by label
    ),
    groups as (
        select
            counted.label,
            prompt_keys.prompt_id as group_id,
            if(sum(counted.n_paired) over () > 0, counted.n_paired, counted.n_prompts) as size
        from counted
        join prompt_keys
            on prompt_keys.prompt_no = counted.label
    ),
    placed as (
        select
            label,
            (
                sum(size) over (order by md5($split_seed || group_id) rows unbounded preceding)
                - size / 2.0
            )::double / sum(size) over () as place
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
