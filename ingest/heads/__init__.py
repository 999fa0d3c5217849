"""What stands round the clauses of a text: numbers, dates, titles, signatures, and where one text ends and another begins."""
