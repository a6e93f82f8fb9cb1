"""Pages of the gaps by whom they serve: the office, and companies that are called."""
