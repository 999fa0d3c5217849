"""Checking the lists of words that an office may edit."""
