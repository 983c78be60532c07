"""People's side: a managed Label Studio, and its page made from the rubric."""
