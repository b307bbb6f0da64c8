"""The content of the demo (YAML) and the loaders that build it through the real functions. For load_demo only."""
