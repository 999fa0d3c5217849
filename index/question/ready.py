"""What reading a question needs, read by being imported: a process that others are forked from does so once for all of them."""

from __future__ import annotations

from index.question.sounds import syllables
from index.question.thesaurus import meanings
from index.question.words import dictionary_words

dictionary_words("养老")
syllables("养老")
meanings()
