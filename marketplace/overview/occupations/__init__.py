"""Occupations as one comes to know them: by what one likes, and near one's home.

The words and stories belong to the region; here they meet what is posted: the nearest
internship, offer and company, and the people who do the work.
"""
