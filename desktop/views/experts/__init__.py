"""The pool of experts, their draws, and what they found."""
