"""What is counted: measures, reading cost, curves, chance, and kinds of fault."""
