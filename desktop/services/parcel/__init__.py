"""How packages are made, taken in and taken back, beneath `services.exchange`."""
