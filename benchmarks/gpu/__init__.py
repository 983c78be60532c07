"""Our trainers beside the plain ones on a GPU, with random weights: nothing is downloaded."""
