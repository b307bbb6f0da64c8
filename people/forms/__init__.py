"""Forms of the people app, one subject a file: input into clean values. Rules stand in posts.py and tokens.py."""
