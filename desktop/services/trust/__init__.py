"""Who is who: identity documents, accepted keys, second PCs and the anchor."""
