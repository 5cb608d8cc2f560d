"""The published language: what crosses the wire between services, and nothing else."""
