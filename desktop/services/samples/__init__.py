"""What the sample county is made of, beneath `services.sample`."""
