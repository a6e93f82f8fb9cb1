"""A partnership is what a provider and a company agree on after an introduction.

Both confirm which lines it is about, how much, and from when to when; from then on
those quantities are taken out of what either still asks or offers. It ends on its
last day, earlier if a side says so, or goes on if both want that. With a school it
begins only once the decision of the head teacher is recorded.
"""
