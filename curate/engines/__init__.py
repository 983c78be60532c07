"""The engines a build runs on."""
