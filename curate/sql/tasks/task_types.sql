-- reads: prompts, candidates
-- grain: prompt, with its task_type: video, safety, mcq, long, short or unknown
-- why: the kinds of MM-RLHF (section 2.1): a question with lettered options is mcq, one whose answer has
--      more than 128 characters long, else short; what a source says of a prompt comes first. The answer
--      is the reference, or where there is none the middle one of the candidates by length
with
    asked as (
        select
            prompt_id,
            lower(coalesce(attributes['task_type'], attributes['category'])) as said,
            array_to_string(
                list_transform(
                    list_filter(messages, lambda message: message.role = 'user'),
                    lambda message: array_to_string(
                        list_transform(message.parts, lambda part: coalesce(part.text, '')), ' '
                    )
                ),
                ' '
            ) as question,
            array_length(list_filter(media, lambda medium: medium.kind in ('video', 'frames'))) > 0 as has_video,
            length(nullif(reference, '')) as reference_length
        from prompts
    ),
    placed as (
        select
            prompt_id,
            length(response) as answer_length,
            row_number() over (partition by prompt_id order by length(response), candidate_id) as place,
            count(*) over (partition by prompt_id) as n_answers
        from candidates
    ),
    middle as (
        select
            prompt_id,
            answer_length
        from placed
        where place = (n_answers + 1) // 2
    ),
    measured as (
        select
            asked.prompt_id,
            asked.said,
            asked.has_video,
            regexp_matches(asked.question, '(^|\s)\(?A[.):]\s*[^\s].*\s\(?B[.):]\s*[^\s]', 's') as has_options,
            coalesce(asked.reference_length, middle.answer_length) as answer_length
        from asked
        left join middle using (prompt_id)
    )
select
    prompt_id,
    case
        when said in ('video', 'safety', 'mcq', 'long', 'short') then said
        when said in ('multiple choice', 'multiple_choice', 'multiple-choice') then 'mcq'
        when has_video then 'video'
        when has_options then 'mcq'
        when answer_length > 128 then 'long'
        when answer_length is not null then 'short'
        else 'unknown'
    end as task_type
from measured
