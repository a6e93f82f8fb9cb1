"""Registering gaps, summing them without telling on anybody, and calling for help."""
