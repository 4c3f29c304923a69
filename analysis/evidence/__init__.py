"""Outside evidence: one declared table, and what measures each figure in the model."""
