"""A breach is a place that was given lawfully and breaks a rule for minors by now.

Hours, days, a birth date, the word of a school or a setting may change after the yes.
Every night, and after each such change, the places that are offered, confirmed or
running are judged anew. What breaks a rule waits at the office; company, pupil and
guardian are told once. Nothing is cancelled by itself; what is lawful again leaves, and
so does what was bad on days that are over.
"""
