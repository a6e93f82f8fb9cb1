"""Pages of claims: for whoever holds a letter, for members, for the office."""
