"""A placement is an application that was confirmed, from the eve to the last day.

On the eve everybody gets a letter. Each day the company notes who was there; the pupil
may say something against it. The day after the last one it ends by what was noted.
"""
