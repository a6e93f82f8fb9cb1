"""Where the pupils of a class are: who has a place, who has none, who visits them.

Here the schools meet the applications. The staff of a school sees the school events
of its own pupils once they are handed over; voluntary internships it never sees. A
visit is a day on which somebody of the school comes to the company.
"""
