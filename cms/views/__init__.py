"""Pages that mix apps, and pages of the roof itself. Rules never stand here."""
