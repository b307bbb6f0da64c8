"""The day and what follows: attendance, certificates of a session, feedback, what we heard, who was in the room."""
