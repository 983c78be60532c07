"""Who rates what: routes.parquet from the config's rules and what is known of each prompt."""
