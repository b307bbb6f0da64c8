"""Examples, requests, reviews and teams as the API shows and reads them. Who sees which rows stands in querysets/."""
