-- reads: alike_at_view
-- grain: view of a picture and a picture that it looks like
-- why: views are looked for one by one, since each brings over a hundred keys a picture
select
    one_no,
    other_no,
    view,
    sure
from alike_at_view
