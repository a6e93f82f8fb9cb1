"""Reports: something on the site is wrong, or a child is in danger.

A report names a page and a reason. The office sees it at once, those of danger first.
"""
