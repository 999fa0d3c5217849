"""Clauses found in Milvus: another machine, or many, that hold the rows of a generation; the texts stay in the folder."""
