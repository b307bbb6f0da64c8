"""What can happen to examples, cycles and reviews, one row a move. people/transitions.py runs the rows."""

from appraisal.workflow import cycles, evidence, reviews

MOVES = {**evidence.MOVES, **cycles.MOVES, **reviews.MOVES}
