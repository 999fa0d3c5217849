"""目标值: what a clause or a table row promises, by how much and by when."""
