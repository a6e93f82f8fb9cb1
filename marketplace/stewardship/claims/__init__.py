"""Claims: an organisation that only a list names says "that is us".

With a code from a letter of the office, or on request by a member of a verified
organisation. Its hints then become drafts; a hint leads to its posting once that is
public. Who finds a hint useful may ask the office to chase it.
"""
