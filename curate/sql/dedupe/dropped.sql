-- reads: survivors, candidate_keys
-- grain: answer that is an exact copy within its prompt
-- why: names the survivor it lost to
select
    'candidate' as level,
    lost.candidate_id as id,
    null::varchar as source,
    null::bigint as line,
    'dedupe' as step,
    'duplicate' as reason,
    null::varchar as detail,
    kept.candidate_id as other_id,
    1::decimal(18, 6) as score
from survivors
join candidate_keys as lost using (candidate_no)
join candidate_keys as kept
    on kept.candidate_no = survivors.survivor_no
