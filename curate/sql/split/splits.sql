-- reads: labels, prompt_keys
-- grain: prompt that did not leave
-- why: whole groups in a seeded order fill the test share, then validation, then train, so that no
--      picture is on both sides; a group is placed by where its middle falls. Shares are of the
--      paired prompts: a group without one is placed where it stands, and takes no room. Groups are
--      added up within 4,096 parts of the order, and the parts among themselves: never all as one
with
    counted as (
        select
            label,
            count(*) filter (where paired) as n_paired,
            count(*) as n_prompts
        from labels
        group by label
    ),
    ruled as (
        select coalesce(sum(n_paired), 0) > 0 as by_pairs
        from counted
    ),
    groups as (
        select
            counted.label,
            md5($split_seed || prompt_keys.prompt_id) as draw,
            if(ruled.by_pairs, counted.n_paired, counted.n_prompts) as size
        from counted
        cross join ruled
        join prompt_keys
            on prompt_keys.prompt_no = counted.label
    ),
    parts as (
        select
            left(draw, 3) as part,
            sum(size) as size
        from groups
        group by left(draw, 3)
    ),
    starts as (
        select
            part,
            sum(size) over (order by part rows unbounded preceding) - size as start,
            sum(size) over () as total
        from parts
    ),
    placed as (
        select
            groups.label,
            (
                starts.start
                + sum(groups.size) over (
                    partition by starts.part
                    order by groups.draw
                    rows unbounded preceding
                )
                - groups.size / 2.0
            )::double / starts.total as place
        from groups
        join starts
            on starts.part = left(groups.draw, 3)
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
