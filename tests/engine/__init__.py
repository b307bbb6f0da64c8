"""A small app that only the engine's tests use: outings that hold a few seats, and questions sent by mail."""
