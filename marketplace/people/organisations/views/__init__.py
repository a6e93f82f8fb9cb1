"""Pages of organisations: public ones, those of members, and acts of the office."""
