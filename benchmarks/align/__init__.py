"""Does the data train models as the papers say? Tiny models on a task that needs the picture."""
