"""Which bus carries hints between the processes of an installation."""

import importlib
from typing import Any

from servers.settings import Settings
from storage.bus import Bus, LocalBus
from storage.bus_postgres import PostgresBus


def choose(settings: Settings, direct_url: str, installation: str) -> Bus:
    """Redis where there is one; otherwise the database itself, unless no connection is to be kept."""
    if settings.redis_url is not None:
        # The client takes as long to import as all of our own code.
        shared: Any = importlib.import_module("storage.bus_redis")
        bus: Bus = shared.RedisBus(settings.redis_url.get_secret_value(), f"{installation}:hints")
        return bus
    return LocalBus() if settings.serverless else PostgresBus(direct_url)
