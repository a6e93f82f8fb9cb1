"""The days ahead of a person, for the calendar on her phone or at her work.

Fixed places, the visits of a school to them, events of her own organisation, and those
she keeps. Each has one private address, which she makes, renews and ends herself.
Whoever knows the address reads it, so no name of anybody stands in there.
"""
