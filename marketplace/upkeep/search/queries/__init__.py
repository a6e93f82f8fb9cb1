"""What is asked of the index: whole lists, the newest to a limit, single words."""
