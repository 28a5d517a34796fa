"""What the settings say of where photos are kept, and of the apps that open our links."""

import re
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

Names = Annotated[tuple[str, ...], NoDecode]
_ANDROID = r"[A-Za-z]\w*(\.[A-Za-z]\w*)+:[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31}"
_APPLE = r"[A-Z0-9]{10}\.[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"


def separated(value: Any) -> Any:
    """The parts of a text that stand between commas."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


class Stores(BaseModel):
    """The part of the settings about files and apps."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    blobs_dir: Path | None = None
    """The folder of photos; by default `blobs` below the home. Several machines need one that they share, or
    a store."""

    s3_url: SecretStr | None = None
    """A bucket that keeps photos instead, of S3 or what speaks its protocol:
    `https://key:secret@s3.ap-south-1.amazonaws.com/bucket?region=ap-south-1`."""

    cloudinary_url: SecretStr | None = None
    """A Cloudinary account that keeps photos instead: `cloudinary://key:secret@cloud`."""

    android_apps: Names = ()
    """Android apps that open our links: `package:SHA-256 fingerprint` each, separated by commas."""

    apple_apps: Names = ()
    """iOS apps that open our links: `TEAMID.bundle.id` each, separated by commas."""

    @field_validator("android_apps", "apple_apps", mode="before")
    @classmethod
    def _apps(cls, value: Any) -> Any:
        return separated(value)

    @field_validator("s3_url")
    @classmethod
    def _bucket(cls, value: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(value.get_secret_value() if value else "")
        given = parts.username and parts.password and parts.hostname and parts.path.strip("/")
        if value and (parts.scheme not in ("http", "https") or not given):
            raise ValueError("must be https://key:secret@host/bucket")
        return value

    @field_validator("cloudinary_url")
    @classmethod
    def _cloud(cls, value: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(value.get_secret_value() if value else "")
        if value and not (parts.scheme == "cloudinary" and parts.username and parts.password):
            raise ValueError("must be cloudinary://key:secret@cloud")
        return value

    @field_validator("android_apps")
    @classmethod
    def _android(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(re.fullmatch(_ANDROID, each) for each in value):
            raise ValueError("each must be a package, then : and the SHA-256 fingerprint of its certificate")
        return value

    @field_validator("apple_apps")
    @classmethod
    def _apple(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(re.fullmatch(_APPLE, each) for each in value):
            raise ValueError("each must be a team and a bundle, such as ABCDE12345.com.example.app")
        return value

    @model_validator(mode="after")
    def _one_store(self) -> Self:
        if self.s3_url and self.cloudinary_url:
            raise ValueError("photos are kept in one place: GHAR_S3_URL or GHAR_CLOUDINARY_URL")
        return self
