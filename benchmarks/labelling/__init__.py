"""What pushing to and pulling from Label Studio cost beside the plain SDK doing the same."""
