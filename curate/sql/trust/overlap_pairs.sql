-- reads: overlap_votes, overlap_prompts, candidate_keys, raw_candidates, prompt_labels
-- grain: two answers that people and judges compared, on a prompt of the overlap
-- why: judges are joined as a build joins them; fold_label is the group of prompts that leak into each other
with
    counted as (
        select
            one_no,
            other_no,
            min(prompt_no) as prompt_no,
            count(*) filter (level_no = 1 and vote > 0) as n_one,
            count(*) filter (level_no = 1 and vote < 0) as n_other,
            count(*) filter (level_no = 1) as n_people,
            count(*) filter (level_no = 2) as n_judges,
            sign(sum(vote) filter (level_no = 2)) as judged,
            (sum(share) filter (level_no = 2))::double / nullif(count(share) filter (level_no = 2), 0) as share
        from overlap_votes
        group by one_no, other_no
    )
select
    counted.one_no,
    counted.other_no,
    counted.prompt_no,
    coalesce(prompt_labels.label, counted.prompt_no) as fold_label,
    overlap_prompts.probability,
    counted.n_one,
    counted.n_other,
    counted.n_people,
    counted.judged::tinyint as judged,
    (counted.share::double)::decimal(18, 6) as share,
    length(one.response)::bigint as one_length,
    length(other.response)::bigint as other_length
from counted
join overlap_prompts using (prompt_no)
join candidate_keys as one_keys
    on one_keys.candidate_no = counted.one_no
join raw_candidates as one
    on one.candidate_id = one_keys.candidate_id
    and one.pull = one_keys.pull
join candidate_keys as other_keys
    on other_keys.candidate_no = counted.other_no
join raw_candidates as other
    on other.candidate_id = other_keys.candidate_id
    and other.pull = other_keys.pull
left join prompt_labels
    on prompt_labels.node_no = counted.prompt_no
where counted.n_people > 0
    and counted.n_judges > 0
