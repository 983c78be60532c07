-- reads: raw_prompts, raw_candidates, judged_prompts
-- grain: one prompt that is to be judged
-- why: what a judge's call is named by, without any text; ids of answers are joined into one text, since
--      lists cost Python four times as much to read; answers that people were shown stay as they are, and
--      written ones are left out unless asked for, since they come with their ranking (DESIGN 5.5)
with
    first_seen as (
        select
            prompt_id,
            media,
            reference
        from raw_prompts
        semi join judged_prompts using (prompt_id)
        qualify row_number() over (partition by prompt_id order by pull) = 1
    ),
    answers as (
        select
            prompt_id,
            string_agg(candidate_id, ' ' order by candidate_id) as candidate_ids,
            count(*) as n_answers
        from (
            select distinct
                raw_candidates.prompt_id,
                raw_candidates.candidate_id
            from raw_candidates
            join judged_prompts using (prompt_id)
            where case
                when judged_prompts.candidate_ids is null then raw_candidates.origin = 'sampled' or $written
                else list_contains(judged_prompts.candidate_ids, raw_candidates.candidate_id)
            end
        )
        group by prompt_id
    )
select
    first_seen.prompt_id,
    answers.candidate_ids,
    answers.n_answers,
    case
        when array_length(list_filter(media, lambda medium: medium.kind != 'image')) > 0 then 'video'
        when array_length(media) > 0 then 'pictures'
        else 'text'
    end as looks,
    case
        when array_length(
            list_filter(
                media,
                lambda medium: case
                    when medium.kind = 'frames' then coalesce(array_length(medium.frames), 0) = 0
                    else medium.file is null
                end
            )
        ) > 0 then 'missing_media'
        when array_length(list_filter(media, lambda medium: medium.kind = 'video')) > 0
            and not $reads_video then 'needs_video_extra'
        when answers.n_answers > $most_answers then 'too_many_answers'
    end as fault,
    case when $use_reference and reference is not null then sha256(reference) else '' end as reference
from first_seen
join answers using (prompt_id)
where answers.n_answers >= $fewest_answers
order by first_seen.prompt_id
limit $limit
