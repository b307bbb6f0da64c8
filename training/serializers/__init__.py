"""What training shows and reads through the API, by subject. The views stand in training/api/."""
