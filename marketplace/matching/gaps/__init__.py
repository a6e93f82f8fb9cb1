"""Gaps: what providers need and nobody can give, kept by quarter.

A nightly job writes one row for each need line and quarter whose best bundle does not
cover it, with the nearest miss as its reason. Sums by place, topic and kind are shown
where at least three organisations stand behind them, so that nobody is told apart. For
one gap the office calls on companies that agreed to such letters.
"""
