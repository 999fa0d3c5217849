"""Questions with known answers, put to each way of searching, and how often the right clause comes back."""
