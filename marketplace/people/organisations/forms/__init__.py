"""What people enter about organisations: their words, filters, checks and members."""
