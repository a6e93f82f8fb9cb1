"""What people do with an application, by who does it, and what the clock does."""
