"""Facts that the register answers by itself, beneath `services.facts`."""
