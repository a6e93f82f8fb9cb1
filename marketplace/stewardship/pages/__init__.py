"""The pages that must be there (imprint, privacy, accessibility) and free ones.

What only the operator can say stands as an open place, named as such, until the
office writes it. Each saved text is a revision of its page; none is ever changed, and
an old one is restored by saving it anew. Beside them stands the core of the site in
easy German, which is the same wherever the site runs.
"""
