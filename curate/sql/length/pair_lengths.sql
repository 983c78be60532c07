-- reads: drafts, filtered_pairs, over_length, answer_lengths, said_categories, task_types
-- grain: pair left by the user's filters and max_tokens, with its category and the characters of both answers
-- why: what a source says of a prompt comes before what its text tells
select
    drafts.pair_id,
    drafts.prompt_no,
    drafts.margin,
    coalesce(said_categories.category, task_types.task_type) as category,
    chosen.characters as chosen_characters,
    rejected.characters as rejected_characters
from drafts
anti join filtered_pairs using (pair_id)
anti join over_length using (pair_id)
join answer_lengths as chosen
    on chosen.candidate_no = drafts.chosen_no
join answer_lengths as rejected
    on rejected.candidate_no = drafts.rejected_no
join said_categories
    on said_categories.prompt_no = drafts.prompt_no
left join task_types
    on task_types.prompt_id = said_categories.prompt_id
