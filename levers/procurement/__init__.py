"""Public procurement: which procedures a buyer may use for a need, on a day."""
