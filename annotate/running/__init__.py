"""The one asynchronous runner: traffic, retries, journal first."""
