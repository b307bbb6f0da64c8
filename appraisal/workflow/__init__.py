"""What can happen to examples, cycles and reviews, one row a move. people/transitions.py runs the rows."""

from appraisal.workflow import cycles, evidence, recognition, reviews

MOVES = {**evidence.MOVES, **cycles.MOVES, **reviews.MOVES, **recognition.MOVES}
