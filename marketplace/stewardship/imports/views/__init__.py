"""The desk of the office for lists: giving files, and deciding about held rows."""
