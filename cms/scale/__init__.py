"""A large body for measuring: the demo and thousands of invented people around it, the same in every run.

Rows are written in batches and not through the moves; their shape is that of rows which went through them. For
load_scale only.
"""
