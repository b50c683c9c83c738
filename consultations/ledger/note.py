"""Signed notes (C2SP signed-note) with Ed25519, and the text of a checkpoint (tlog-checkpoint)."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultations.ledger.verify import ED25519, is_name, key_id


class Signer:
    """A private key with the name it signs under; ValueError for a name notes cannot hold."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        if not is_name(name):
            raise ValueError(f"«{name}» cannot be the name of a key: no spaces, no plus, not empty")
        self.name, self._key = name, key
        self._typed = ED25519 + key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls, name: str) -> "Signer":
        """A new key."""
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def load(cls, kept: bytes) -> "Signer":
        """The key that `dump` gave; ValueError for anything else."""
        name, _space, seed = kept.decode().strip().rpartition(" ")
        return cls(name, Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed)))

    def dump(self) -> bytes:
        """Name and secret seed, to be kept where nobody else reads it."""
        return f"{self.name} {_b64(self._key.private_bytes_raw())}\n".encode()

    @property
    def vkey(self) -> str:
        """The public key as it is published: name, key id and key, joined by plus."""
        return f"{self.name}+{key_id(self.name, self._typed).hex()}+{_b64(self._typed)}"

    def sign(self, text: str) -> bytes:
        """The signed note; ValueError unless the text ends with a newline, its only control."""
        if not text.endswith("\n") or any(one < " " for one in text.replace("\n", "")):
            raise ValueError("the text of a note ends with a newline and has no other controls")
        signature = key_id(self.name, self._typed) + self._key.sign(text.encode())
        return f"{text}\n\N{EM DASH} {self.name} {_b64(signature)}\n".encode()


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """The text of a checkpoint: the log's name, how many leaves, their root."""
    return f"{origin}\n{size}\n{_b64(root)}\n"


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
