"""What `market bench` measures, each figure against a second way of getting it."""
