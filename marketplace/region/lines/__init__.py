"""What need lines and give lines have in common: kinds, items, units, months.

A quantity is an integer in the base unit of its kind; what people enter is converted
once, on saving.
"""
