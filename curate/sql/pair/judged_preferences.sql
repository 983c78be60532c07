-- reads: preferences, refused
-- grain: preference, with why it leaves
-- why: in this order: cycles, then the margin, then the veto (DESIGN 5.3); a rank-only preference has
--      no margin and passes; reason is null where it stays
select
    preferences.*,
    case
        when refused.reason = 'cycle' then 'cycle'
        when preferences.margin_raw < greatest(0, $min_margin) then 'below_margin'
        else refused.reason
    end as reason,
    case
        when not coalesce(preferences.margin_raw < greatest(0, $min_margin), false) then refused.detail
    end as detail
from preferences
left join refused using (chosen_no, rejected_no)
