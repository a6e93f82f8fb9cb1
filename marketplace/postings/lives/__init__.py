"""The life that every posting shares: how it becomes public, rests and ends.

A posting is written by a member of an organisation and read by the coordination
office before the public sees it. What was taken over from elsewhere is `listed`: a
hint that nobody confirmed, shown apart. How it goes on is `enums.MOVES`.
"""
