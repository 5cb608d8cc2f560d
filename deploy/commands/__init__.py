"""The commands of `komek`, one module each, imported only when called."""
