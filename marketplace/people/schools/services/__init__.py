"""What is done at a school: chosen by pupils, run by its staff, class by class."""
