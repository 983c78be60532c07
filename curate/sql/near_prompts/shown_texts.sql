-- reads: prompt_texts, scopes
-- grain: prompt
-- why: prompts are held against those that show the same
select
    prompt_texts.doc_no,
    scopes.scope,
    prompt_texts.text
from prompt_texts
join scopes
    on scopes.prompt_no = prompt_texts.doc_no
