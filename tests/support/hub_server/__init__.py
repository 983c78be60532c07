"""A Hub of data sets on loopback that the real huggingface_hub and datasets clients talk to."""
