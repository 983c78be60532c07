-- reads: event_answers, event_units, repeat_raters, raw_events
-- grain: two raters of one kind
-- why: prompts on which both scored two answers or more, those on which all these scores are the same, and
--      on how many of these the other rater spoke later; a rater who spoke several times is passed over
with
    sheets as (
        select
            event_units.event_no,
            event_units.prompt_no,
            event_units.rater_no,
            event_units.level_no,
            event_answers.rubric_no,
            event_answers.candidate_no,
            event_answers.value_units
        from event_answers
        join event_units using (event_no)
        anti join repeat_raters
            on repeat_raters.prompt_no = event_units.prompt_no
            and repeat_raters.rater_no = event_units.rater_no
        where event_answers.candidate_no is not null
            and event_answers.n_ratings > 0
            and event_units.precedence between 1 and 3
    ),
    prompts as (
        select
            one.rater_no as one_rater_no,
            other.rater_no as other_rater_no,
            one.level_no,
            min(one.event_no) as one_event_no,
            min(other.event_no) as other_event_no,
            count(*) filter (one.value_units = other.value_units) = count(*) as identical
        from sheets as one
        join sheets as other
            on other.candidate_no = one.candidate_no
            and other.rubric_no = one.rubric_no
            and other.level_no = one.level_no
            and other.rater_no > one.rater_no
        group by one.prompt_no, one.rater_no, other.rater_no, one.level_no
        having count(*) > 1
    ),
    times as (
        select
            event_no,
            "at" as given_at
        from raw_events
    )
select
    prompts.one_rater_no,
    prompts.other_rater_no,
    prompts.level_no,
    count(*) as n_common,
    count(*) filter (prompts.identical) as n_identical,
    count(*) filter (prompts.identical and other_time.given_at > one_time.given_at) as n_other_later,
    count(*) filter (prompts.identical and other_time.given_at < one_time.given_at) as n_one_later
from prompts
join times as one_time
    on one_time.event_no = prompts.one_event_no
join times as other_time
    on other_time.event_no = prompts.other_event_no
group by prompts.one_rater_no, prompts.other_rater_no, prompts.level_no
order by prompts.one_rater_no, prompts.other_rater_no
