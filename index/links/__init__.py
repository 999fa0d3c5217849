"""References inside the sentences of clauses (援引), and the clauses that they lead to: found, then resolved, when asked for."""
