-- reads: picture_overlaps, text_overlaps, signatures, prompt_keys, lost_prompts
-- grain: prompt that a benchmark has
-- why: a picture is enough, or a text of which four fifths are there with enough words that say something, or
--      half of a text and a picture that may be the same; what is short and common is never enough, but a
--      benchmark whose row is named by a prompt's id has that very prompt
with
    found as (
        select
            prompt_keys.prompt_no,
            min(signatures.sign_no) as sign_no,
            0 as place,
            'the prompt itself' as detail,
            null::decimal(18, 6) as score
        from prompt_keys
        join signatures
            on signatures."row" = prompt_keys.prompt_id
        group by prompt_keys.prompt_no
        union all
        select
            picture_overlaps.prompt_no,
            picture_overlaps.sign_no,
            1 as place,
            'picture' as detail,
            null::decimal(18, 6) as score
        from picture_overlaps
        where picture_overlaps.sure
        union all
        select
            prompt_no,
            sign_no,
            2 as place,
            'text' as detail,
            (n_shared / n_row)::decimal(18, 6) as score
        from text_overlaps
        where n_telling >= $telling_shingles
            and 5 * n_shared >= 4 * n_row
        union all
        select
            text_overlaps.prompt_no,
            text_overlaps.sign_no,
            3 as place,
            'text and picture, each in part' as detail,
            (text_overlaps.n_shared / text_overlaps.n_row)::decimal(18, 6) as score
        from text_overlaps
        join signatures as text_signs using (sign_no)
        join picture_overlaps
            on picture_overlaps.prompt_no = text_overlaps.prompt_no
        join signatures as picture_signs
            on picture_signs.sign_no = picture_overlaps.sign_no
            and picture_signs.benchmark = text_signs.benchmark
            and picture_signs."row" = text_signs."row"
        where 2 * text_overlaps.n_shared >= text_overlaps.n_row
            and text_overlaps.n_row >= $fewest_shingles
    )
select
    found.prompt_no::integer as prompt_no,
    'decontaminate' as step,
    'contaminated' as reason,
    found.detail,
    signatures.benchmark || ':' || signatures."row" as other_id,
    found.score
from found
join signatures using (sign_no)
anti join lost_prompts
    on lost_prompts.prompt_no = found.prompt_no
qualify row_number() over (partition by found.prompt_no order by found.place, other_id) = 1
