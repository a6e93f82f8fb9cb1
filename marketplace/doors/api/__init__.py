"""The door for programs: what is public, as JSON, and writing with a token.

Whoever takes over data asks the same queries as the pages do, and whoever writes goes
through the same forms and services; nothing personal is in any answer. One table of
columns a kind makes both its records and its part of the OpenAPI description, so that
neither can say what the other does not.
"""
