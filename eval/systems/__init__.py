"""What is measured: the product, the product less one of its parts, and plain ways of searching."""
