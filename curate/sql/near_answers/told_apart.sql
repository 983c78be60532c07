-- reads: copies, event_answers, tier_places, event_units
-- grain: two near answers that both have votes and that nobody compared
-- why: each may have been judged for what the other does not say, so neither speaks for the other
with
    seen as (
        select
            event_no,
            candidate_no
        from event_answers
        where candidate_no is not null
        union
        select
            event_no,
            candidate_no
        from tier_places
        where candidate_no is not null
    ),
    voted as (
        select distinct
            copies.home_no,
            copies.form,
            event_units.unit_no
        from copies
        join seen using (candidate_no)
        join event_units using (event_no)
    ),
    judged as (
        select distinct
            home_no,
            form
        from voted
    )
select distinct
    one.home_no as one_no,
    other.home_no as other_no
from judged as one
join judged as other
    on other.form = one.form
left join voted as one_votes
    on one_votes.home_no = one.home_no
left join voted as other_votes
    on other_votes.home_no = other.home_no
    and other_votes.unit_no = one_votes.unit_no
where other.home_no != one.home_no
group by one.home_no, other.home_no
having count(other_votes.unit_no) = 0
