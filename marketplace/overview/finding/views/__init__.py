"""The page of search: what it shows, what its filters choose, where it leads on."""
