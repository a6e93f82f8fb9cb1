"""What the office, companies, pupils, guardians and the clock do with a round."""
