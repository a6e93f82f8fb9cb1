"""Access for programs: an organisation lets one of its own act in its name.

A token belongs to an organisation, or to the coordination office, and acts as the
member who made it: it ends with her membership, and can never do more than she. Only
its hash is kept; it is shown once. What a program sends twice under one key is done
once, because the key is reserved in the transaction of the work itself.
"""
