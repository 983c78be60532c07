"""How good votes are: numbers over votes that are there already, with no I/O."""
