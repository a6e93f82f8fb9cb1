"""Rounds: many pupils wish, many companies have places, and nobody is first by haste.

The office announces a round with the hash of its lottery; companies enter places,
pupils their wishes in groups, guardians the companies they approve. At closing the
lists are frozen, cleared by the kernel of `clearing`, looked at and published; who has
a place gets an application in state offered. A round is draft, open, frozen, cleared,
published, done.
"""
