"""What a base of up to a million clauses costs: documents made in memory, built, opened and asked; curves in docs/scale.md."""
