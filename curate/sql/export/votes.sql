-- reads: said_answers, asked, kept_texts, scores; $split; $first and $last, a range of prompts
-- grain: live event x answer that did not leave the build
-- why: the raw votes beside the means, so that a reader can aggregate anew; texts as in answers
with
    means as (
        select
            candidate_id,
            rubric_id,
            level,
            map_from_entries(list_sort(list(struct_pack(k := metric, v := value)))) as mean_scores
        from scores
        where prompt_id >= $first
            and prompt_id < $last
        group by candidate_id, rubric_id, level
    )
select
    asked.split,
    asked.messages,
    kept_texts.response,
    kept_texts.models,
    said_answers.*,
    coalesce(means.mean_scores, map {}) as mean_scores
from said_answers
join asked using (prompt_id)
join kept_texts using (prompt_id, candidate_id)
left join means
    on means.candidate_id = said_answers.candidate_id
    and means.rubric_id = said_answers.rubric_id
    and means.level = said_answers.rater_kind
where asked.split = $split
    and asked.prompt_id >= $first
    and asked.prompt_id < $last
    and said_answers.prompt_id >= $first
    and said_answers.prompt_id < $last
    and kept_texts.prompt_id >= $first
    and kept_texts.prompt_id < $last
order by asked.prompt_id, said_answers.candidate_id, said_answers.event_id
