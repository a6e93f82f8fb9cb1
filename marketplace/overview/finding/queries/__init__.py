"""What answers a question, and how much of it there is."""
