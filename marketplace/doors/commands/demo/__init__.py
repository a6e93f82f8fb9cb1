"""Content for a demonstration: invented organisations in real towns, relative to today.

Written through the services of the features, so it obeys every rule of the house.
"""
