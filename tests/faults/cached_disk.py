"""A disk with a cache of its own, which a virtual machine uses over NBD: what was written is there
for sure only once it was flushed. https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md
"""

import os
import socket
import struct
import threading

SECTOR = 512
READ, WRITE, DISCONNECT, FLUSH = range(4)
INVALID = 22
OPTION_EXPORT_NAME, REPLY_UNSUPPORTED = 1, 0x80000001
FIXED_NEWSTYLE, HAS_FLAGS, SEND_FLUSH = 1, 1, 4
REQUEST_MAGIC, REPLY_MAGIC, OPTION_REPLY_MAGIC = 0x25609513, 0x67446698, 0x3e889045565a9


class CachedDisk:
    """A raw image behind a cache. One machine after the other uses it."""

    def __init__(self, image, address, choose):
        self.image, self.address, self.choose = image, address, choose
        self.cache = {}     # Sectors that were written since the last flush.
        self.forgotten = 0  # Of them, all that were lost.
        self.file = self.serving = None
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(str(address))
        self.listening.listen()

    def connect(self):
        """Serves the next machine that asks."""
        self.file = os.open(self.image, os.O_RDWR)
        self.serving = threading.Thread(target=self.serve, daemon=True)
        self.serving.start()

    def forget(self):
        """After the machine has ended: any part of what was not flushed is lost."""
        self.serving.join()
        kept = self.choose.choice((0, self.choose.random(), 1))
        cached, self.cache = self.cache, {}
        for sector, content in cached.items():
            if self.choose.random() < kept:
                os.pwrite(self.file, content, sector * SECTOR)
            else:
                self.forgotten += 1
        os.close(self.file)

    def close(self):
        self.listening.close()

    def serve(self):
        machine, _ = self.listening.accept()
        with machine, machine.makefile("rb") as asked:
            try:
                self.agree(machine, asked)
                while self.answer(machine, asked):
                    pass
            except (OSError, struct.error):
                pass  # Its power has gone.

    def agree(self, machine, asked):
        """On the simplest form of the protocol."""
        machine.sendall(b"NBDMAGICIHAVEOPT" + struct.pack(">H", FIXED_NEWSTYLE))
        asked.read(4)
        while True:
            _, option, length = struct.unpack(">8sII", asked.read(16))
            asked.read(length)
            if option == OPTION_EXPORT_NAME:
                size = os.stat(self.image).st_size
                machine.sendall(struct.pack(">QH124x", size, HAS_FLAGS | SEND_FLUSH))
                return
            machine.sendall(struct.pack(">QIII", OPTION_REPLY_MAGIC, option, REPLY_UNSUPPORTED, 0))

    def answer(self, machine, asked):
        """One request; whether there may be another."""
        magic, _, kind, handle, offset, length = struct.unpack(">IHHQQI", asked.read(28))
        if magic != REQUEST_MAGIC or kind == DISCONNECT:
            return False
        content, error = b"", 0
        if kind == READ:
            content = self.read(offset, length)
        elif kind == WRITE:
            self.write(offset, asked.read(length))
        elif kind == FLUSH:
            self.flush()
        else:
            error = INVALID
        machine.sendall(struct.pack(">IIQ", REPLY_MAGIC, error, handle) + content)
        return True

    def read(self, offset, length):
        content = bytearray(os.pread(self.file, length, offset))
        first = offset // SECTOR
        for sector in range(first, first + length // SECTOR):
            if sector in self.cache:
                at = (sector - first) * SECTOR
                content[at:at + SECTOR] = self.cache[sector]
        return content

    def write(self, offset, content):
        if len(content) % SECTOR or offset % SECTOR:
            raise struct.error("the machine ended within a write, or writes parts of sectors")
        for at in range(0, len(content), SECTOR):
            self.cache[(offset + at) // SECTOR] = content[at:at + SECTOR]

    def flush(self):
        for sector, content in self.cache.items():
            os.pwrite(self.file, content, sector * SECTOR)
        self.cache.clear()
