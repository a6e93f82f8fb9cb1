"""Internships: places at which young people look into a trade, for days or weeks.

A member writes one, the coordination office reads it, pupils apply for one of its
periods, in which places are counted. It states its kind, insurer, liability, pay and
papers, names who looks after the young people, and keeps the law for minors; with a
gap or a broken rule it never becomes public. How it lives is `lives.enums.MOVES`.
"""
