"""Evidence to answer: lists, comparisons, agreement, and every quotation checked."""
