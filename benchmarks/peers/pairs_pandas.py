"""Ratings to pairs with pandas: RATINGS (.parquet or .jsonl) CANDIDATES OUT."""

import sys

import pandas as pd

from benchmarks.peers.method import LEVELS, MIN_MARGIN, WEIGHTED, WIDEST, draws, pair_ids

IDS = ["prompt_id", "candidate_id", "rater", "kind", "metric"]
SIDES = ["prompt_id", "one", "other"]


def read_ratings(path: str) -> pd.DataFrame:
    """The ratings, ids as categories: strings would cost several times the memory."""
    if path.endswith(".parquet"):
        return pd.read_parquet(path, read_dictionary=IDS)
    ratings = pd.read_json(path, lines=True, engine="pyarrow")
    return ratings.astype(dict.fromkeys(IDS, "category"))


def differences(ratings: pd.DataFrame) -> pd.DataFrame:
    """One row a rater and two answers with the same prompt: `difference` in points."""
    weighted = ratings[ratings["metric"].isin(WEIGHTED)]
    keys = ["prompt_id", "rater", "kind", "candidate_id"]
    totals = weighted.groupby(keys, observed=True, sort=False)["value"].agg(["sum", "size"])
    totals = totals.loc[totals["size"] == len(WEIGHTED), "sum"].reset_index()
    totals["code"] = totals["candidate_id"].cat.codes
    both = totals.merge(totals, on=["prompt_id", "rater", "kind"])
    both = both[both["code_x"] < both["code_y"]]
    return pd.DataFrame(
        {
            "prompt_id": both["prompt_id"],
            "one": both["candidate_id_x"],
            "other": both["candidate_id_y"],
            "level": both["kind"].map({kind: place for place, kind in enumerate(LEVELS)}),
            "difference": both["sum_x"] - both["sum_y"],
        }
    ).astype({"level": "int8"})


def preferences(votes: pd.DataFrame) -> pd.DataFrame:
    """Pairs of answers that the deciding raters tell apart by the margin or more."""
    votes["win"] = votes["difference"] > 0
    votes["loss"] = votes["difference"] < 0
    counted = votes.groupby([*SIDES, "level"], observed=True, sort=False).agg(
        wins=("win", "sum"),
        losses=("loss", "sum"),
        n_raters=("win", "size"),
        difference=("difference", "sum"),
    )
    counted = counted.reset_index()
    deciding = counted.groupby(SIDES, observed=True, sort=False)["level"].transform("min")
    counted = counted[counted["level"] == deciding]
    counted = counted[counted["wins"] != counted["losses"]]
    turned = counted["losses"] > counted["wins"]
    sides = {"one": "chosen_id", "other": "rejected_id"}
    found = counted.rename(columns=sides)
    found.loc[turned, ["chosen_id", "rejected_id"]] = counted.loc[
        turned, ["other", "one"]
    ].to_numpy()
    signed = found["difference"].where(~turned, -found["difference"])
    found["margin_raw"] = signed / found["n_raters"]
    found["margin"] = found["margin_raw"] / WIDEST
    ties = found["n_raters"] - found["wins"] - found["losses"]
    most = found[["wins", "losses"]].max(axis=1)
    found["agreement"] = (most + ties / 2) / found["n_raters"]
    found["level"] = found["level"].map(dict(enumerate(LEVELS)))
    return found[found["margin_raw"] >= MIN_MARGIN]


def drawn(found: pd.DataFrame) -> pd.DataFrame:
    """One pair a prompt: the best answer against one of those that lose to it."""
    unbeaten = found[~found["chosen_id"].isin(found["rejected_id"])]
    sums = unbeaten.groupby(["prompt_id", "chosen_id"], observed=True)["margin_raw"].sum()
    best = sums.reset_index().astype({"chosen_id": "str"})
    best = best.sort_values(["margin_raw", "chosen_id"], ascending=[False, True])
    best = best.drop_duplicates("prompt_id")[["prompt_id", "chosen_id"]]
    pairs = found.astype({"chosen_id": "str", "rejected_id": "str"})
    pairs = pairs.merge(best, on=["prompt_id", "chosen_id"])
    pairs["pair_id"] = pair_ids(pairs["chosen_id"], pairs["rejected_id"])
    pairs["draw"] = draws(pairs["pair_id"])
    return pairs.sort_values("draw").drop_duplicates("prompt_id")


def main(ratings: str, candidates: str, out: str) -> None:
    """Write the pairs with their texts."""
    pairs = drawn(preferences(differences(read_ratings(ratings))))
    texts = pd.read_parquet(candidates, columns=["candidate_id", "response"])
    answers = texts.set_index("candidate_id")["response"]
    pairs["chosen"] = answers.reindex(pairs["chosen_id"]).to_numpy()
    pairs["rejected"] = answers.reindex(pairs["rejected_id"]).to_numpy()
    columns = ["pair_id", "prompt_id", "chosen", "rejected", "margin_raw", "margin"]
    pairs = pairs[[*columns, "agreement", "n_raters", "level"]].astype({"prompt_id": "str"})
    pairs.sort_values("pair_id").to_parquet(out, index=False, compression="zstd")


if __name__ == "__main__":
    main(*sys.argv[1:])
