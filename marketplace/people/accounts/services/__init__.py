"""What happens to an account: opened, confirmed, signed in to, given a new password.

Whoever asks learns nothing about accounts of others: the same answer, after the same
time; the rest stands in a letter to the address itself.
"""
