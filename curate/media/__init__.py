"""Media: checked by decoding, stored by content, read from where a source keeps them."""
