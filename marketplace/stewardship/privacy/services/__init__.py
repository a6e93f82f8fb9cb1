"""How the table of rules is kept, and how people go."""
