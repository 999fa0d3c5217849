"""Quotations and citations of a draft (引文校核), checked against the words of a base."""
