"""How records are read, checked, written and deleted, beneath `services.records`."""
