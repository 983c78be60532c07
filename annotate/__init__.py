"""Candidates in, events out: raters, journals, routing and the quality of votes."""
