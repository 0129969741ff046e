"""奖励分配: a grant shared out live against caps, floor and total."""
