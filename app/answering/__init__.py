"""答题进程: the costly questions are answered by processes beside the one that serves the page, each with the base open, read-only."""
