"""An application is a pupil's wish for one period of one internship.

Under 18 not one field of it reaches the company before a guardian approved. Then the
company answers within 14 days, and the pupil confirms. How it goes on, and who may
take which step, is `enums.MOVES`.
"""
