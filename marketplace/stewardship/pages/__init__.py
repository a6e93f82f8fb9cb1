"""The pages that must be there: imprint, privacy, accessibility.

What only the operator can say stands as an open place, named as such.
"""
