"""The outside world on this machine: an https server with a certificate for names that lead here."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from servers.fetching import Fetcher, is_public

HOST = "client.example"


@dataclass(slots=True)
class Outside:
    """A server that answers what it is told to, byte for byte."""

    port: int
    trust: ssl.SSLContext
    answers: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """What is sent, whole, by path. A path that is not here is never answered."""

    asked: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """The `Host` and the path of every request."""

    resolved: list[str] = field(default_factory=list[str])

    def url(self, path: str, host: str = HOST) -> str:
        return f"https://{host}:{self.port}{path}"

    def serve(self, path: str, body: bytes, *headers: str, status: str = "200 OK") -> str:
        """Answer `path` with this; gives its address."""
        lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close", *headers]
        self.answers[path] = "\r\n".join([*lines, "", ""]).encode() + body
        return self.url(path)

    def fetcher(self, *addresses: str) -> Fetcher:
        """A fetcher to which every name has these addresses; by default that of this server."""

        def resolve(host: str, _port: int) -> list[str]:
            self.resolved.append(host)
            return list(addresses or ("127.0.0.1",))

        return Fetcher(resolve=resolve, may_reach=_here_or_public, trust=self.trust)


def _here_or_public(address: str) -> bool:
    return address == "127.0.0.1" or is_public(address)


@asynccontextmanager
async def outside(folder: Path) -> AsyncGenerator[Outside]:
    """The server, for the length of the block."""
    context, trust = _contexts(folder)
    waiting: set[asyncio.StreamWriter] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        waiting.add(writer)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split(" ")[1]
            host = next(line for line in head.lower().split("\r\n") if line.startswith("host: "))
            found.asked.append((host.removeprefix("host: "), path))
            if path in found.answers:
                writer.write(found.answers[path])
                await writer.drain()
                writer.close()
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    found = Outside(server.sockets[0].getsockname()[1], trust)
    try:
        yield found
    finally:
        server.close()
        for writer in waiting:
            writer.close()


def _contexts(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(certificate.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, secret)
    return context, ssl.create_default_context(cafile=str(chain))
