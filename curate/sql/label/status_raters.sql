-- reads: status_lines, status_events, status_agreement, status_gold, status_reviews
-- grain: annotator who ever voted
-- why: one whose votes were all taken back is still there, with none
with
    raters as (
        select distinct rater.id as rater
        from status_lines
        where rater.kind = 'human'
            and regexp_full_match(rater.id, $annotators)
    ),
    votes as (
        select
            rater,
            count(*) as votes,
            median(seconds) filter (seconds > 0) as seconds,
            strftime(max("at"), '%Y-%m-%dT%H:%M:%SZ') as last_vote
        from status_events
        where rater_kind = 'human'
            and role != 'review'
        group by rater
    )
select
    raters.rater,
    coalesce(votes.votes, 0) as votes,
    votes.seconds,
    votes.last_vote,
    coalesce(status_agreement.compared, 0) as compared,
    status_agreement.agreed_halves / (2 * nullif(status_agreement.compared, 0)) as agreement,
    coalesce(status_gold.gold_tasks, 0) as gold_tasks,
    coalesce(status_gold.gold_pairs, 0) as gold_pairs,
    coalesce(status_gold.right_halves, 0) / 2 as gold_right,
    coalesce(status_reviews.accepted, 0) as accepted,
    coalesce(status_reviews.returned, 0) as returned
from raters
left join votes using (rater)
left join status_agreement using (rater)
left join status_gold using (rater)
left join status_reviews using (rater)
order by raters.rater
