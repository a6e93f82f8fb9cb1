"""The pages of a school, by who reads them."""
