"""Alembic's environment and revisions: how an older file's schema becomes the present one."""
