"""Before a session: from a proposal or a recipe to a published plan.

Who comes stands in booking/, the day and what follows in afterwards/.
"""
