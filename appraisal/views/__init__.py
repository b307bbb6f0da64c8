"""Pages of examples, of asking and of answering."""
