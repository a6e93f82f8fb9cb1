"""The forms of a school, by what they are about."""
