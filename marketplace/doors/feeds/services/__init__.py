"""How a thing becomes a record, and records become a file."""
