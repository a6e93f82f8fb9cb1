"""Care for the whole: what comes in, what is reported, what must be said."""
