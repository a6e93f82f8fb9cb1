"""Whether the addresses lead anywhere to which entries and organisations link.

Each address is asked politely: its head alone, one request per host at a time, never
an inner address, and not again for weeks while it answers. The owner and the office
see what each said last; after two failures a week apart the owner gets a letter.
Nothing rests because of it.
"""
