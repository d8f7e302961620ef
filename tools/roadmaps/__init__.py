"""Build the roadmaps of the air and of the sea from shapes in the public domain."""
