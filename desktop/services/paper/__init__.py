"""How papers are composed from records, beneath `services.document`."""
