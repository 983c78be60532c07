"""How long answers are, and what that has to do with winning: reported, and weighed if asked."""
