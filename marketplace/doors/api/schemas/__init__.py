"""The shape of what programs read and send, and its description."""
