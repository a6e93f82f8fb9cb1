"""The pages of partners: the list, one pair, several beside each other."""
