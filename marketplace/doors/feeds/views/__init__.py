"""Lists to take along, and what is said of them."""
