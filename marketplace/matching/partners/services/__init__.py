"""Loading what is matched, and telling in words what the numbers say."""
