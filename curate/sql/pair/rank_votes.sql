-- reads: rank_places
-- grain: pair of answers x rater who ranked both
-- why: gap counts tiers, positive where one_no is the better; a rater whose rankings say opposite
--      things has labelled the pair twice and contradicts himself
select
    one.candidate_no as one_no,
    other.candidate_no as other_no,
    one.prompt_no,
    one.rater_no,
    one.level_no,
    one.precedence,
    one.basis,
    sign(sum(sign(other.tier_no - one.tier_no)))::bigint as rank_sign,
    (sum(other.tier_no - one.tier_no)::double / count(*))::decimal(18, 6) as tier_gap,
    min(sign(other.tier_no - one.tier_no)) < 0 and max(sign(other.tier_no - one.tier_no)) > 0 as contradicted
from rank_places as one
join rank_places as other
    on other.event_no = one.event_no
    and other.candidate_no > one.candidate_no
group by all
