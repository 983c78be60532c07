-- reads: verdicts (people's), cycle_pairs, candidate_keys, prompt_keys, prompts, task_types
-- grain: prompt that people compared answers of, with why it can be no part of a benchmark
-- why: a benchmark's labels must be beyond dispute, and every pair of a prompt counts for ACC+, so a prompt
--      is taken whole or not at all; the layout holds one question with its pictures or videos in front or
--      between, and cannot say that `<image>` in a text is no picture; what has no word and no medium could
--      not be kept out of what is trained on
with
    compared as (
        select
            prompt_no,
            count(*) filter (outcome in ('one', 'other')) as n_pairs,
            count(*) filter (outcome not in ('one', 'other', 'tie')) as n_disputed
        from verdicts
        group by prompt_no
    ),
    circled as (
        select distinct candidate_keys.prompt_no
        from cycle_pairs
        join candidate_keys
            on candidate_keys.candidate_no = cycle_pairs.chosen_no
    ),
    asked as (
        select
            prompt_id,
            messages,
            media,
            coalesce(attributes['category'], attributes['task_type']) as said,
            array_to_string(
                list_transform(messages[1].parts, lambda part: coalesce(part.text, '')), ' '
            ) as words,
            list_distinct(list_transform(media, lambda medium: medium.kind = 'image')) as are_pictures
        from prompts
    )
select
    compared.prompt_no,
    asked.prompt_id,
    coalesce(nullif(trim(asked.said), ''), task_types.task_type) as category,
    compared.n_pairs,
    case
        when compared.n_disputed > 0 then 'disputed'
        when circled.prompt_no is not null then 'cycle'
        when compared.n_pairs = 0 then 'no_pairs'
        when array_length(asked.messages) <> 1 then 'several_turns'
        when array_length(asked.are_pictures) > 1 then 'pictures_and_videos'
        when array_length(asked.media) > 0 and regexp_matches(asked.words, '<(image|video)>') then 'mark_in_text'
        when not regexp_matches(asked.words, '[\p{L}\p{N}]') and array_length(asked.media) = 0 then 'no_words'
    end as fault
from compared
join prompt_keys using (prompt_no)
join asked using (prompt_id)
join task_types using (prompt_id)
left join circled using (prompt_no)
