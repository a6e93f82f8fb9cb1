"""The pages of the watch list, by what is kept."""
