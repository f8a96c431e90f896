"""./dev as somebody without rights meets it."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ("bash", "readlink", "dirname", "dpkg-query", "sort", "comm", "sed", "paste", "id", "cat", "mkdir")


class Dev(unittest.TestCase):
    def dev(self, *arguments, lacking=""):
        """(status, output) of ./dev where sudo is not there and, as root, under another user."""
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            shutil.copy(ROOT / "dev", folder)
            shutil.copytree(ROOT / "tools", pathlib.Path(folder, "tools"))
            with open(pathlib.Path(folder, "tools/packages.txt"), "a", encoding="utf-8") as packages:
                packages.write(lacking)
            path = pathlib.Path(folder, "bin")
            path.mkdir()
            for tool in TOOLS:
                (path / tool).symlink_to(shutil.which(tool))
            drop = [shutil.which("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups"]
            done = subprocess.run(
                [*(drop if os.geteuid() == 0 else []), shutil.which("bash"), "dev", *arguments],
                cwd=folder, env={"PATH": str(path)}, capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr

    def test_without_root_and_sudo_the_command_to_run_is_named(self):
        status, said = self.dev("build", lacking="kontor-no-such-package\n")
        self.assertEqual(status, 2, said)
        self.assertRegex(said, r"apt-get install -y --no-install-recommends .*kontor-no-such-package")

    def test_packages_of_other_verbs_are_not_asked_for(self):
        status, said = self.dev("setup", "build", lacking="kontor-no-such-package bench\n")
        self.assertNotIn("kontor-no-such-package", said)

    def test_an_unknown_verb_is_refused_with_the_list(self):
        status, said = self.dev("explode")
        self.assertEqual(status, 2)
        self.assertIn("new-service NAME", said)
        self.assertIn("unknown verb 'explode'", said)


STAND_IN = """#!/bin/sh
echo "kontor $*"
case $1 in seed) mkdir -p "$3"; touch "$3/shop"; [ ! -e seed-fails ] || exit 1 ;; esac
"""


class Run(unittest.TestCase):
    """./dev run, with a stand-in for what was built."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        shutil.copy(ROOT / "dev", self.root)
        shutil.copytree(ROOT / "tools", self.root / "tools")
        (self.root / "tools/packages.txt").write_text("")
        for name in ("src", "cmake", "build/release"):
            (self.root / name).mkdir(parents=True)
        for name in ("CMakeLists.txt", "CMakePresets.json", "build/release/kontor.stamp"):
            (self.root / name).touch()
        kontor = self.root / "build/release/kontor"
        kontor.write_text(STAND_IN)
        kontor.chmod(0o755)

    def run_dev(self, *arguments):
        done = subprocess.run([self.root / "dev", "run", *arguments], capture_output=True, text=True,
                              check=False)
        return done.returncode, done.stdout + done.stderr

    def test_the_first_run_seeds_a_shop_and_later_ones_serve_it(self):
        self.assertIn("kontor serve --data kontor-data --listen :1", self.run_dev("--listen", ":1")[1])
        self.assertTrue((self.root / "kontor-data/shop").exists())
        self.assertEqual(self.run_dev(), (0, "kontor serve --data kontor-data\n"))

    def test_a_seed_that_failed_is_told_and_not_taken_for_a_shop(self):
        (self.root / "seed-fails").touch()
        status, said = self.run_dev()
        self.assertEqual(status, 1)
        self.assertIn("seed failed", said)
        self.assertFalse((self.root / "kontor-data").exists())

    def test_data_of_ones_own_is_served_as_it_is(self):
        self.assertEqual(self.run_dev("--data", "mine"), (0, "kontor serve --data mine\n"))
        self.assertFalse((self.root / "kontor-data").exists())


if __name__ == "__main__":
    unittest.main()
