"""The acts of a partnership: arranging, running and renewing, ending, telling."""
