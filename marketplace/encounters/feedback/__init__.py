"""How it was, in a few marks: pupil, company and school are asked once after the days.

That somebody answered stands apart from what she answered, so nobody can tell later
whose an answer is. Figures are shown from five answers on.
"""
