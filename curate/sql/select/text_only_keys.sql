-- reads: asked_texts, shown_files
-- grain: one prompt that shows nothing
-- why: a model of pictures and texts puts both into one space, so its text tower stands in
select
    asked_texts.place,
    sha256(asked_texts.text) as key,
    asked_texts.text
from asked_texts
anti join shown_files using (place)
where trim(asked_texts.text) != ''
