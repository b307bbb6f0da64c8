"""Pages on which administrators keep posts, teams, job families and cover."""
