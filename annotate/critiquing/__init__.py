"""People's short reasons in a judge's fuller words: what it is asked, and what of it is refused."""
