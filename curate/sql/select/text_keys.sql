-- reads: asked_texts
-- grain: one prompt whose text is embedded
-- why: a text is known by its content, so that a cache outlives another pull
select
    place,
    sha256(text) as key,
    text
from asked_texts
where trim(text) != ''
