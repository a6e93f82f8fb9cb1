"""What is done later: jobs as rows, written in the transaction that asks for them.

A worker leases a job, does it in one transaction and notes it done in the same, so
a job that was cut short is simply done again: each must be safe to run twice. What
recurs every day is a job whose name carries the day.
"""
