"""What is laid beside the Parquet files for readers: README.md, plots and Croissant metadata."""
