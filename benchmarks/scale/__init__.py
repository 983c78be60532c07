"""A large set from `curate pull` to `curate export`: time, memory and temporary disk by stage."""
