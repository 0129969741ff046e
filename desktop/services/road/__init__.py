"""How a record goes along its regulation's course of business, beneath `services.course`."""
