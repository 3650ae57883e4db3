"""Credentials and TLS against a real server that demands both, and the errors without any server."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import neo4j
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from graph.connect import StoreOptions, connect, create
from graph.content_hash import content_hash
from graph.neo4j.connection import Access, Neo4jConnection
from ontology.errors import StoreAuthError, StoreError, StoreReadOnlyError, StoreUnavailableError
from tests.graph.samples import VOCABULARY, batch, claim_of, entry, named
from tests.neo4j_server import Neo4jServer, Tls

PASSWORD = "correct horse"


def write_authority(folder: Path) -> Path:
    """A self-signed authority that is also the certificate of 127.0.0.1, with its key; the PEM file to trust."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tierscope test authority")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "private.key").write_bytes(private)
    (folder / "public.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return folder / "public.crt"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A server that demands a password and TLS."""
    folder = tmp_path_factory.mktemp("tls") / "server"
    write_authority(folder)
    with Neo4jServer(password=PASSWORD, tls=Tls(folder)) as server:
        yield server


@pytest.fixture
def options(guarded: Neo4jServer) -> StoreOptions:
    """The options that open the guarded server."""
    return StoreOptions("neo4j", PASSWORD, guarded.endpoint.certificates)


needs_own_server = [pytest.mark.neo4j, pytest.mark.neo4j_process]


class TestGuardedServer:
    pytestmark = needs_own_server

    def test_right_credentials_and_authority_open_it(self, guarded: Neo4jServer, options: StoreOptions):
        guarded.endpoint.wipe()
        store = create(guarded.address, vocabulary=VOCABULARY, options=options)
        store.apply(batch(entry(claim_of(named("org:a", "Alpha")))))
        routed = guarded.address.replace("bolt+s", "neo4j+s")
        again = connect(routed, vocabulary=VOCABULARY, options=options)
        assert content_hash(again) == content_hash(store)
        again.close()
        store.close()

    def test_a_reader_does_not_write(self, guarded: Neo4jServer, options: StoreOptions):
        create(guarded.address, vocabulary=VOCABULARY, options=options).close()
        reading = StoreOptions(options.user, options.password, options.trusted_certificates, read_only=True)
        store = connect(guarded.address, vocabulary=VOCABULARY, options=reading)
        with pytest.raises(StoreReadOnlyError) as caught:
            store.apply(batch(entry(claim_of(named("org:b", "Beta")))))
        store.close()
        assert caught.value.fix

    @pytest.mark.parametrize(("user", "password"), [("neo4j", "wrong"), ("nobody", PASSWORD), ("", "")])
    def test_wrong_credentials_are_refused(self, guarded: Neo4jServer, options: StoreOptions, user: str, password: str):
        wrong = StoreOptions(user, password, options.trusted_certificates)
        with pytest.raises(StoreAuthError) as caught:
            connect(guarded.address, vocabulary=VOCABULARY, options=wrong)
        assert "password" in caught.value.fix or "wait" in caught.value.fix
        assert PASSWORD not in f"{caught.value} {caught.value.details}"

    def test_another_authority_is_refused(self, guarded: Neo4jServer, tmp_path: Path):
        other = write_authority(tmp_path / "other")
        with pytest.raises(StoreAuthError, match="not trusted") as caught:
            connect(guarded.address, vocabulary=VOCABULARY, options=StoreOptions("neo4j", PASSWORD, other))
        assert "PEM" in caught.value.fix

    def test_the_systems_authorities_do_not_know_it(self, guarded: Neo4jServer):
        with pytest.raises(StoreAuthError, match="not trusted"):
            connect(guarded.address, vocabulary=VOCABULARY, options=StoreOptions("neo4j", PASSWORD))

    def test_a_plain_connection_fails_and_names_the_fix(self, guarded: Neo4jServer):
        plain = guarded.address.replace("bolt+s", "bolt")
        with pytest.raises(StoreUnavailableError) as caught:
            connect(plain, vocabulary=VOCABULARY, options=StoreOptions("neo4j", PASSWORD))
        assert "bolt+s://" in caught.value.fix


def test_the_driver_gives_up_sooner_than_it_would_by_itself(monkeypatch: pytest.MonkeyPatch):
    """A connection, a place in the pool and all retries end early; the driver's defaults are 30 to 60 seconds."""
    limits: dict[str, float] = {}
    monkeypatch.setattr(neo4j.GraphDatabase, "driver", lambda _address, **settings: limits.update(settings))
    Neo4jConnection(Access("bolt://127.0.0.1:1", connect_timeout=120.0))
    names = ("connection_timeout", "connection_acquisition_timeout", "max_transaction_retry_time")
    assert [limits[name] for name in names] == [2.0, 2.0, 5.0]
    Neo4jConnection(Access("bolt://127.0.0.1:1", connect_timeout=0.5))
    assert [limits[name] for name in names] == [0.5, 0.5, 5.0]


def test_certificates_that_are_not_there_are_named(tmp_path: Path):
    missing = StoreOptions("neo4j", PASSWORD, tmp_path / "missing.pem")
    with pytest.raises(StoreAuthError, match=r"missing\.pem") as caught:
        connect("bolt+s://127.0.0.1:1", vocabulary=VOCABULARY, options=missing)
    assert caught.value.fix


def test_nobody_listens():
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        address = f"bolt://127.0.0.1:{reserved.getsockname()[1]}"
        with pytest.raises(StoreUnavailableError) as caught:
            connect(address, vocabulary=VOCABULARY)
    assert caught.value.retryable
    assert "Neo4j" in caught.value.fix


def test_a_server_that_never_answers_is_given_up():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(StoreUnavailableError):
            connect(f"bolt://127.0.0.1:{silent.getsockname()[1]}", vocabulary=VOCABULARY)


def test_another_protocol_is_refused():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def answer() -> None:
            accepted, _ = listening.accept()
            with accepted, contextlib.suppress(OSError):  # the client may have disconnected
                accepted.recv(100)
                accepted.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(StoreError) as caught:
            connect(f"bolt://127.0.0.1:{listening.getsockname()[1]}", vocabulary=VOCABULARY)
        thread.join()
    assert caught.value.fix
