"""The pages of papers, by who reads or acts."""
