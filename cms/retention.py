"""Every rule of keeping, in one list, and the function that applies them. The rules stand in their apps."""

from appraisal.retention import RETENTION as APPRAISAL
from partnerships.retention import RETENTION as PARTNERSHIPS
from people.retention import RETENTION as PEOPLE
from people.retention import Rule, retention_pass
from training.retention import RETENTION as TRAINING

RULES: tuple[Rule, ...] = (*PEOPLE, *PARTNERSHIPS, *TRAINING, *APPRAISAL)


def apply_rule(rule: Rule, *, dry_run: bool = False) -> int:
    """Remove what a rule no longer keeps; returns how many records that are (or would be)."""
    due = rule.due()
    if dry_run:
        return due.count()
    if not rule.append_only:
        return rule.remove(due)
    with retention_pass(rule.reason):
        return rule.remove(due)
