"""A computer of its own for the shop, whose power can go: a QEMU guest with its disks."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from cached_disk import CachedDisk
from processes import POSTGRES_PROGRAMS, STAFF_TOKEN, Broken, Server

INIT = pathlib.Path(__file__).parent / "guest" / "init"
KERNEL = pathlib.Path(os.environ.get("KONTOR_GUEST_KERNEL", "build/guest-kernel"))
MODULES = ("virtio_ring", "virtio", "virtio_pci_legacy_dev", "virtio_pci_modern_dev", "virtio_pci",
           "virtio_blk", "failover", "net_failover", "virtio_net")
DATA_DISK_MB = 1024
BOOTED_WITHIN_S = 180  # In software, beside other tests.


def command(*words, good=(0,), **more):
    done = subprocess.run(words, capture_output=True, check=False, **more)
    if done.returncode not in good:
        raise Broken(f"{words[0]}: {done.returncode}: {done.stdout!r} {done.stderr!r}")
    return done.stdout


def of_kernel(pattern):
    """The file of that name in the unpacked package."""
    for found in KERNEL.rglob(pattern):
        return found
    raise Broken(f"no {pattern} in {KERNEL.resolve()}: `./dev test slow` fetches the kernel there")


def below(root, file):
    return root / str(file).lstrip("/")


def put(file, place):
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, place)


def put_program(root, program, place=None):
    """With the libraries that it needs, where they are outside too."""
    put(program, below(root, place or program))
    for library in re.findall(r"(/\S+) \(0x", command("ldd", program).decode()):
        put(library, below(root, library))


def put_postgres(root):
    for program in ("postgres", "pg_isready"):
        put_program(root, POSTGRES_PROGRAMS / program)
    put_program(root, shutil.which("setpriv"), "usr/bin/setpriv")
    for folder in (POSTGRES_PROGRAMS.parent / "lib", "/usr/share/postgresql/15",
                   "/usr/lib/locale/C.utf8"):
        shutil.copytree(folder, below(root, folder),
                        ignore=shutil.ignore_patterns("bitcode", "llvmjit*"))


def make_folders(root, *names):
    for name in names:
        (root / name).mkdir(parents=True)


def make_disk(image, megabytes, content):
    """Whole at once: nothing is left to the guest, which would write it beside the shop."""
    command("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", "-d", content,
            image, f"{megabytes}M")


def make_first_programs(image, root):
    """What the kernel begins with: guest/init and all that it calls."""
    make_folders(root, "dev", "proc", "sys", "system")
    put(shutil.which("busybox"), root / "bin/busybox")
    put(INIT, root / "init")
    for number, module in enumerate(MODULES):
        put(of_kernel(f"{module}.ko"), root / f"modules/{number}-{module}.ko")
    names = "\n".join(str(file.relative_to(root)) for file in sorted(root.rglob("*")))
    image.write_bytes(command("cpio", "--create", "--format=newc", "--quiet", cwd=root,
                              input=names.encode()))


def make_programs(image, root, kontor, engine):
    """Everything that runs in the guest after guest/init has mounted the disks."""
    make_folders(root, "data", "dev", "proc", "tmp")
    put_program(root, kontor, "kontor")
    put_program(root, os.environ["KONTOR_TROUBLES_LIBRARY"], "troubles.so")
    shutil.copytree("/usr/share/zoneinfo", root / "usr/share/zoneinfo")
    if engine == "postgres":
        put_postgres(root)
    size = sum(file.lstat().st_size for file in root.rglob("*"))
    make_disk(image, size * 5 // 4 // 2**20 + 32, root)


class Guest(Server):
    """`kontor serve`, and PostgreSQL below it, on a computer of its own."""

    def __init__(self, engine, choose, **settings):
        """`settings`: variables of guest/init."""
        self.place = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with
        self.images = pathlib.Path(self.place.name)
        super().__init__(self.images)
        self.settings = {"ENGINE": engine, "PORT": self.port, "KONTOR_ADMIN_TOKEN": STAFF_TOKEN,
                         **settings}
        self.disk = CachedDisk(self.images / "data.img", self.images / "data.socket", choose)
        self.told_before = 0

    def make_disks(self, kontor, content):
        """`content`: a folder, what the data disk holds at first."""
        make_first_programs(self.images / "first.cpio", self.images / "first")
        make_programs(self.images / "programs.img", self.images / "programs", kontor,
                      self.settings["ENGINE"])
        make_disk(self.disk.image, DATA_DISK_MB, content)

    def start(self):
        self.told_before = pathlib.Path(self.log.name).stat().st_size
        self.disk.connect()
        settings = " ".join(f"{name}={value}" for name, value in self.settings.items())
        self.process = subprocess.Popen([
            "setpriv", "--pdeathsig", "KILL", "qemu-system-x86_64",
            "-accel", "tcg", "-m", "1024", "-smp", "2",
            "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-serial", "stdio",
            "-kernel", of_kernel("vmlinuz-*"), "-initrd", self.images / "first.cpio",
            "-append", f"console=ttyS0 quiet panic=-1 mitigations=off {settings}",
            "-drive", f"file={self.images}/programs.img,if=virtio,format=raw,readonly=on",
            "-drive", f"file=nbd+unix:///?socket={self.disk.address},if=virtio,format=raw",
            "-netdev", "user,id=net,restrict=on,"
                       f"hostfwd=tcp:127.0.0.1:{self.port}-:{self.port}",
            "-device", "virtio-net-pci,netdev=net"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def await_network(self):
        """Who connects before waits for long. Ends too when the guest does, or is late."""
        until = time.monotonic() + BOOTED_WITHIN_S
        while (b"guest: ready" not in pathlib.Path(self.log.name).read_bytes()[self.told_before:]
               and self.process.poll() is None and time.monotonic() < until):
            time.sleep(0.1)

    def first_answer(self, path="/readyz", patience=BOOTED_WITHIN_S):
        self.began = time.monotonic()
        self.await_network()
        return super().first_answer(path, patience)

    def power_off(self):
        """At once, and the disk forgets some of what it was not told to keep."""
        self.kill()
        self.disk.forget()

    def bring_back(self, folder, parts):
        """Puts `parts` of the data disk in the place of those in `folder`; the power is off."""
        command("e2fsck", "-fp", self.disk.image, good=(0, 1))
        for part in parts:
            shutil.rmtree(folder / part)
            command("debugfs", "-R", f"rdump /{part} {folder}", self.disk.image)

    def remove(self):
        self.kill()
        self.disk.close()
        self.log.close()
        self.place.cleanup()
