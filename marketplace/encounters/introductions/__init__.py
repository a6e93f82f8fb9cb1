"""An introduction brings a provider and a company together, if both want it.

One side (or the office) proposes; contact data is released only when both agreed,
in one transaction. It knows nothing of matching: the reasons of both directions are
handed to it as they were when it was proposed.
"""
