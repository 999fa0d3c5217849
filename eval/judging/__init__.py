"""Answers judged by people: pooled, blind, read back, with their agreement."""
