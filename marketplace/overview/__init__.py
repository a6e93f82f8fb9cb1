"""What one sees of the whole: lists, maps, search over everything."""
