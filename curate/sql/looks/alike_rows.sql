-- reads: look_probes, look_turns, look_keys, picture_looks
-- grain: view of a picture and a picture whose hash is near
-- why: proportions may differ by a quarter, since a crop changes them; the seventeen turns of every
--      band are never stored, since they would be a hundred rows a picture and view
with
    turned_probes as (
        select
            look_probes.picture_no,
            look_probes.hash,
            look_probes.view,
            xor(look_probes.key, look_turns.turn) as key
        from look_probes
        cross join look_turns
    ),
    met as (
        select distinct
            turned_probes.picture_no as one_no,
            look_keys.picture_no as other_no,
            turned_probes.view
        from turned_probes
        join look_keys using (key)
        where look_keys.picture_no != turned_probes.picture_no
            and bit_count(xor(turned_probes.hash, look_keys.hash)) <= $look_radius
    )
select
    met.one_no,
    met.other_no,
    met.view,
    one.grids as one_grids,
    other.grids as other_grids
from met
join picture_looks as one
    on one.picture_no = met.one_no
join picture_looks as other
    on other.picture_no = met.other_no
where 4 * one.width * other.height <= 5 * one.height * other.width
    and 4 * one.height * other.width <= 5 * one.width * other.height
