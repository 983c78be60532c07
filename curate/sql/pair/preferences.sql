-- reads: verdicts
-- grain: pair of answers with a preferred side
-- why: margins are turned so that they are the chosen answer's
select
    prompt_no,
    case outcome when 'one' then one_no else other_no end as chosen_no,
    case outcome when 'one' then other_no else one_no end as rejected_no,
    basis,
    precedence,
    level_no,
    n_raters,
    agreement,
    case outcome when 'one' then difference else -difference end as margin_raw,
    case outcome when 'one' then share else -share end as margin,
    case outcome when 'one' then tier_gap else -tier_gap end as tier_gap
from verdicts
where outcome in ('one', 'other')
