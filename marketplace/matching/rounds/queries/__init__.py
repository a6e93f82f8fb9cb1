"""Questions about rounds: the rounds, their seats, who takes part, what is frozen."""
