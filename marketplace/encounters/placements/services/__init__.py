"""What the staff of a school sees of a class, and does for it."""
