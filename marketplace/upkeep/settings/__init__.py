"""What the office changes while the site runs: limits, deadlines, contacts, law.

Each setting is a member of `Setting` with its default and its bounds. A row stands
only for what was changed; taking it back leaves the row without a value, so that its
version still tells two editors apart.
"""
