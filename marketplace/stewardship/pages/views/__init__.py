"""What everybody reads, and where the office writes it."""
