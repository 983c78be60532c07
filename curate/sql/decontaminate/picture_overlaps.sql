-- reads: look_edges, look_hints, look_numbers, medium_files, prompt_media
-- grain: prompt x benchmark's picture that it shows, surely or perhaps
-- why: perhaps is a near hash whose grid does not agree well enough
with
    met as (
        select
            other_no as picture_no,
            -one_no as sign_no,
            true as sure
        from look_edges
        where one_no < 0
            and other_no > 0
        union all
        select
            other_no as picture_no,
            -one_no as sign_no,
            false as sure
        from look_hints
    ),
    met_media as (
        select distinct
            medium_files.medium,
            met.sign_no,
            met.sure
        from met
        join look_numbers using (picture_no)
        join medium_files using (file)
    )
select
    prompt_media.prompt_no,
    met_media.sign_no,
    bool_or(met_media.sure) as sure
from met_media
join prompt_media using (medium)
group by prompt_media.prompt_no, met_media.sign_no
