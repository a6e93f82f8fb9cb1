"""Ways into an account, and what its owner changes there."""
