"""What the API of every app is made of: reading bodies, problems, pages, tokens, moves, the description of it all.

Nothing here knows a resource; those stand in each app's api.py and serializers.py, and cms/api.py collects them.
"""
