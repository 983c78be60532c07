-- reads: splits, asked, candidates, events, scores
-- grain: live event x answer that did not leave the build
-- why: the raw votes beside the means, so that a reader can aggregate anew
with
    kept as (
        select
            prompt_id,
            unnest(candidate_ids) as candidate_id
        from splits
    ),
    cast_votes as (
        select *
        from events
        where failure is null
            and reviews is null
    ),
    scored as (
        select
            event_id,
            unnest(answers) as answer
        from cast_votes
    ),
    scored_answers as (
        select
            event_id,
            answer.candidate_id as candidate_id,
            answer.position as position,
            answer.scores as scores,
            answer.rationales as rationales
        from scored
    ),
    numbered_tiers as (
        select
            event_id,
            unnest(tiers) as tier,
            generate_subscripts(tiers, 1) as place
        from cast_votes
        where tiers is not null
    ),
    ranked_answers as (
        select
            event_id,
            unnest(tier) as candidate_id,
            place
        from numbered_tiers
    ),
    means as (
        select
            candidate_id,
            rubric_id,
            level,
            map_from_entries(list_sort(list(struct_pack(k := metric, v := value)))) as mean_scores
        from scores
        group by candidate_id, rubric_id, level
    ),
    said as (
        select
            event_id,
            coalesce(scored_answers.candidate_id, ranked_answers.candidate_id) as candidate_id,
            scored_answers.position,
            coalesce(scored_answers.scores, map {}) as scores,
            coalesce(scored_answers.rationales, map {}) as rationales,
            ranked_answers.place as tier
        from scored_answers
        full join ranked_answers using (event_id, candidate_id)
    )
select
    asked.prompt_id,
    asked.split,
    asked.messages,
    said.candidate_id,
    candidates.response,
    list_transform(candidates.generations, lambda made: made.model) as models,
    cast_votes.event_id,
    cast_votes.rater.kind as rater_kind,
    cast_votes.rater.id as rater,
    cast_votes.rater.version as rater_version,
    cast_votes.rubric_id,
    cast_votes.rubric_hash,
    cast_votes.sample,
    cast_votes.order_no,
    said.position,
    said.scores::map(varchar, decimal(18, 6)) as scores,
    said.rationales,
    said.tier,
    cast_votes.verdict,
    cast_votes.confirmed,
    cast_votes.final,
    cast_votes.rationale,
    coalesce(means.mean_scores, map {}) as mean_scores
from said
join cast_votes using (event_id)
join kept
    on kept.prompt_id = cast_votes.prompt_id
    and kept.candidate_id = said.candidate_id
join asked
    on asked.prompt_id = cast_votes.prompt_id
join candidates
    on candidates.candidate_id = said.candidate_id
left join means
    on means.candidate_id = said.candidate_id
    and means.rubric_id = cast_votes.rubric_id
    and means.level = cast_votes.rater.kind
order by asked.split, asked.prompt_id, said.candidate_id, cast_votes.event_id
