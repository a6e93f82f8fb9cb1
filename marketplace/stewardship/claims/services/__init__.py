"""Writing to organisations, claiming, making drafts of hints, chasing them."""
