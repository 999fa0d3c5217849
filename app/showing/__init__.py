"""Records to what a template shows: groups and runs of text, citations, sentences framed on pictures of their pages."""
