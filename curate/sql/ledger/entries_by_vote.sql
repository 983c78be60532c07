-- reads: entries
-- grain: an index
-- why: every annotation that comes is looked up by its vote_id
create index if not exists entries_by_vote on entries (vote_id, sequence)
