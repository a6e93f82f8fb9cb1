"""Lots that everybody can draw again."""

BITS_64 = 2**64 - 1


def splitmix64(state: int) -> int:
    """The next number of the generator of that name, 64 bits without a sign."""
    mixed = (state + 0x9E3779B97F4A7C15) & BITS_64
    mixed = ((mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9) & BITS_64
    mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & BITS_64
    return mixed ^ mixed >> 31
