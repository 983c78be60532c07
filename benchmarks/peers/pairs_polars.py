"""Ratings to pairs with polars: RATINGS (.parquet or .jsonl) CANDIDATES OUT."""

import sys

import polars as pl

from benchmarks.peers.method import LEVELS, MIN_MARGIN, WEIGHTED, WIDEST, draws, pair_ids

SIDES = ["prompt_id", "one", "other"]


def read_ratings(path: str) -> pl.LazyFrame:
    """The ratings, nothing of them read yet."""
    return pl.scan_parquet(path) if path.endswith(".parquet") else pl.scan_ndjson(path)


def differences(ratings: pl.LazyFrame) -> pl.LazyFrame:
    """One row a rater and two answers with the same prompt: `difference` in points."""
    totals = (
        ratings.filter(pl.col("metric").is_in(WEIGHTED))
        .group_by("prompt_id", "rater", "kind", "candidate_id")
        .agg(total=pl.col("value").sum(), n=pl.len())
        .filter(pl.col("n") == len(WEIGHTED))
        .drop("n")
    )
    both = totals.join(totals, on=["prompt_id", "rater", "kind"], suffix="_other")
    return both.filter(pl.col("candidate_id") < pl.col("candidate_id_other")).select(
        "prompt_id",
        one="candidate_id",
        other="candidate_id_other",
        level=pl.col("kind").replace_strict(LEVELS, range(len(LEVELS)), return_dtype=pl.Int8),
        difference=pl.col("total") - pl.col("total_other"),
    )


def preferences(votes: pl.LazyFrame) -> pl.LazyFrame:
    """Pairs of answers that the deciding raters tell apart by the margin or more."""
    difference, wins, losses = pl.col("difference"), pl.col("wins"), pl.col("losses")
    deciding = pl.col("level") == pl.col("level").min()
    counted = votes.group_by(SIDES).agg(
        level=pl.col("level").min(),
        wins=(difference.filter(deciding) > 0).sum().cast(pl.Int64),
        losses=(difference.filter(deciding) < 0).sum().cast(pl.Int64),
        n_raters=deciding.sum().cast(pl.Int64),
        difference=difference.filter(deciding).sum(),
    )
    is_one = wins > losses
    ties = pl.col("n_raters") - wins - losses
    return (
        counted.filter(wins != losses)
        .with_columns(
            chosen_id=pl.when(is_one).then("one").otherwise("other"),
            rejected_id=pl.when(is_one).then("other").otherwise("one"),
            margin_raw=pl.when(is_one).then(difference).otherwise(-difference) / pl.col("n_raters"),
            agreement=(pl.max_horizontal(wins, losses) + ties / 2) / pl.col("n_raters"),
            level=pl.col("level").replace_strict(range(len(LEVELS)), LEVELS),
        )
        .filter(pl.col("margin_raw") >= MIN_MARGIN)
        .with_columns(margin=pl.col("margin_raw") / WIDEST)
    )


def drawn(found: pl.DataFrame) -> pl.DataFrame:
    """One pair a prompt: the best answer against one of those that lose to it."""
    best = (
        found.lazy()
        .join(found.lazy().select(chosen_id="rejected_id"), on="chosen_id", how="anti")
        .group_by("prompt_id", "chosen_id")
        .agg(pl.col("margin_raw").sum())
        .sort("margin_raw", "chosen_id", descending=[True, False])
        .unique("prompt_id", keep="first", maintain_order=True)
        .select("prompt_id", "chosen_id")
    )
    pairs = found.lazy().join(best, on=["prompt_id", "chosen_id"]).collect()
    pairs = pairs.with_columns(
        pair_id=pl.Series(pair_ids(pairs["chosen_id"], pairs["rejected_id"]))
    )
    pairs = pairs.with_columns(draw=pl.Series(draws(pairs["pair_id"])))
    return pairs.sort("draw").unique("prompt_id", keep="first", maintain_order=True)


def main(ratings: str, candidates: str, out: str) -> None:
    """Write the pairs with their texts."""
    found = preferences(differences(read_ratings(ratings))).collect(engine="streaming")
    texts = pl.scan_parquet(candidates).select("candidate_id", "response")
    chosen = texts.rename({"candidate_id": "chosen_id", "response": "chosen"})
    rejected = texts.rename({"candidate_id": "rejected_id", "response": "rejected"})
    columns = ["pair_id", "prompt_id", "chosen", "rejected", "margin_raw", "margin"]
    pairs = (
        drawn(found)
        .lazy()
        .join(chosen, on="chosen_id")
        .join(rejected, on="rejected_id")
        .select(*columns, "agreement", "n_raters", "level")
        .sort("pair_id")
        .collect(engine="streaming")
    )
    pairs.write_parquet(out, compression="zstd")


if __name__ == "__main__":
    main(*sys.argv[1:])
