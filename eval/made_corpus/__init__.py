"""python -m eval.made_corpus: a large corpus of invented offices' documents, made of official texts, in three formats."""
