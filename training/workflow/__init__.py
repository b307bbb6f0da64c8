"""What can happen to training's records, one row a move. people/transitions.py runs the rows."""

from training.workflow import (
    certificates,
    invitations,
    needs,
    places,
    proposals,
    sessions,
    venues,
)

MOVES = {
    **certificates.MOVES,
    **sessions.MOVES,
    **places.MOVES,
    **invitations.MOVES,
    **needs.MOVES,
    **venues.MOVES,
    **proposals.MOVES,
}
