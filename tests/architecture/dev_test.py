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


if __name__ == "__main__":
    unittest.main()
