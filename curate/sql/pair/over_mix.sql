-- reads: drafts, filtered_pairs, over_length, over_caps, prompt_media
-- grain: pair that is drawn away so that text-only prompts have their share
-- why: of the kind there is too much of, so many stay as the other kind allows; drawn by seed; the share is
--      in whole millionths, so that no pair is lost to a rounded quotient
with
    kinds as (
        select
            drafts.pair_id,
            drafts.prompt_no not in (select prompt_no from prompt_media) as is_text
        from drafts
        anti join filtered_pairs using (pair_id)
        anti join over_length using (pair_id)
        anti join over_caps using (pair_id)
    ),
    sizes as (
        select
            count(*) filter (is_text) as n_text,
            count(*) filter (not is_text) as n_shown
        from kinds
    ),
    allowed as (
        select
            coalesce(n_shown * $text_millionths // nullif(1000000 - $text_millionths, 0), n_text) as n_text,
            coalesce(n_text * (1000000 - $text_millionths) // nullif($text_millionths, 0), n_shown) as n_shown
        from sizes
    ),
    placed as (
        select
            pair_id,
            is_text,
            row_number() over (partition by is_text order by md5($pair_seed || 'mix' || pair_id)) as place
        from kinds
    )
select
    placed.pair_id,
    'mix.text_share' as cap
from placed
cross join allowed
where placed.place > case when placed.is_text then allowed.n_text else allowed.n_shown end
