"""Pages: what the office reads of keeping, and what is everybody's own."""
