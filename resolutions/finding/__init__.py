"""What is typed to find something: words as they are compared, questions made of them, places of documents.

No web framework and no database: both databases are given the same words to compare, so that they answer alike.
"""
