"""What happens to an organisation: described, verified, joined and left.

Members describe it, owners decide on its places and members, the office verifies.
"""
