"""One frozen view per page and card: the words, figures, marks and links that are shown, and nothing of how they look.

Each is made by one function from the store and the reader's choice; pages, files and papers draw from the same views.
"""
