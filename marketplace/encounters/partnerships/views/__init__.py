"""Pages of partnerships by errand: reading, arranging, what happens while they run."""
