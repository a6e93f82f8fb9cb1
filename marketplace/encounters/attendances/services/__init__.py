"""What people and the calendar do with a placement."""
