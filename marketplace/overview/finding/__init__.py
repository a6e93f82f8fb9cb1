"""Search over everything public, in the words of people who do not know ours.

What is found stands by its kind, the confirmed before the hints. Each word may be
written in another form, be part of a longer one, or stand for a topic; a word that
nothing holds is taken for a typing error. Work is bounded: of the newest that hold
the words some hundred are ranked, and counts are sizes of rows of bits that each
process holds; a thousand is the most they tell.
"""
