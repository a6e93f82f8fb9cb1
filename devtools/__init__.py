"""What `dev.py` does: it sets up, runs, tests and checks the house.

The standard library alone, because it works before anything is installed. A step is
done once and leaves a stamp in what it made, so deleting a folder is a way to start
anew.
"""
