"""Official papers: dataclasses in, bytes out; pure."""
