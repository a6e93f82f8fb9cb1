"""Files of organisations: read, looked into, taken over, and rested."""
