"""Questions on documents of other offices: gold by its words, offices as folds, and what each part gives on those left out."""
