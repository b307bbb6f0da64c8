"""Configuration of the engine's practice app."""

from django.apps import AppConfig


class EngineConfig(AppConfig):
    """Not a part of the product."""

    name = "tests.engine"
    label = "engine"
