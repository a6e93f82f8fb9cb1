"""What the parties of a placement do with its papers."""
