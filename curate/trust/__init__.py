"""What a build knows of its judge: held against people, calibrated on them, let through or not."""
