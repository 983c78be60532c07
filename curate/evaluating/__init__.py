"""`curate align evaluate`: a trained model held against pairs, benchmarks and safety tasks."""
