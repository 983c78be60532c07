"""`curate push`: the latest build with all that belongs to it, as a data set on the Hub."""
