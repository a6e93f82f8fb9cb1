"""The page on which the office changes the settings of the site, group by group."""
