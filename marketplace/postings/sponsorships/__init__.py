"""A sponsorship is what a company would give: money, material, a venue, people.

Its give lines, with those of the company's other sponsorships at the same site, are
matched with the need lines of offers. Its life is that of every posting.
"""
