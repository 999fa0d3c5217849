"""What documents promise by how much and when, as the page shows it: chosen, ordered, compared, given out."""
