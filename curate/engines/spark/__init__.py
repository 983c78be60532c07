"""The engine for data that outgrow one machine: the same statements and kernels on Spark."""
