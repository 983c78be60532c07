"""Agreement and raters of a workspace: sums from the engine, figures from annotate/quality."""
