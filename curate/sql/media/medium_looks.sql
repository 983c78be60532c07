-- reads: look_numbers, look_labels, medium_files
-- grain: medium x group of pictures that look alike
-- why: a picture that looks like no other is a group of its own
select distinct
    medium_files.medium,
    coalesce(look_labels.label, look_numbers.picture_no) as look
from medium_files
join look_numbers using (file)
left join look_labels
    on look_labels.node_no = look_numbers.picture_no
