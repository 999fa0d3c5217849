"""Folder of documents to a store on disk, and back."""
