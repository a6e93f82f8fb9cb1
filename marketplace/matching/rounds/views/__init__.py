"""Pages of a round by the person served."""
