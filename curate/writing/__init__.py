"""What a build decided to the Parquet files it leaves."""
