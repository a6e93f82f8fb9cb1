"""Guardians with an account of their own, and the children linked to them.

A guardian can approve without an account, by letter or on paper; the account lets
her see all that her child sends. The link ends on the child's 18th birthday.
"""
