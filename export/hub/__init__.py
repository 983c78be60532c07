"""A folder of files to a data set on the Hub: visible whole, or not at all."""
