"""A role model is a person who tells of her work: answers, a picture, perhaps a film.

Her organisation writes it down and the office reads it, as with every posting. It
stands on her consent: without it nothing is submitted, and once it is withdrawn
nothing of it is left.
"""
