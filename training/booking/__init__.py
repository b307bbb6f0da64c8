"""Places in a session: inviting, booking with or without an account, getting ready, reminding.

The plan itself stands in planning/, who was there in afterwards/.
"""
