"""Where files are kept, as the settings say."""

from servers.adapters.blobs_cloudinary import CloudinaryBlobs
from servers.adapters.blobs_disk import DiskBlobs
from servers.adapters.blobs_s3 import S3Blobs
from servers.settings import Settings

Store = DiskBlobs | S3Blobs | CloudinaryBlobs


def choose(settings: Settings) -> Store:
    """A bucket or an account where there is one, else a folder of this machine."""
    if settings.s3_url is not None:
        return S3Blobs(settings.s3_url.get_secret_value())
    if settings.cloudinary_url is not None:
        return CloudinaryBlobs(settings.cloudinary_url.get_secret_value())
    return DiskBlobs(settings.blobs_dir or settings.home / "blobs")


async def close(store: Store) -> None:
    """Close its connections."""
    if isinstance(store, CloudinaryBlobs):
        await store.close()
