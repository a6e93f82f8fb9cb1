"""What is done with a role model: written, shown, withdrawn."""
