"""The coordinator's desk: what waits, in the order in which it is due.

To verify, to moderate, to broker, and the outbox. Each queue shows how old it is.
"""
