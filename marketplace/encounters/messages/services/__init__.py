"""What is said, stopped and read."""
