"""Every sentence, word and symbol that is made of results. Results in, text out; nothing draws here."""
