"""./dev new-service: what it writes and where. That it compiles is the ctest new_service."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIST = """#include "services/carts/factory.hpp"
#include "services/stores/factory.hpp"

constexpr const ServiceEntry* all[] = {
    &stores::entry,
    &carts::entry,
};
"""


class NewService(unittest.TestCase):
    def make(self, sources, name):
        return subprocess.run([sys.executable, ROOT / "tools/new_service.py", "--sources", sources, name],
                              capture_output=True, text=True, check=False)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.sources = pathlib.Path(folder.name)
        (self.sources / "app").mkdir()
        self.services = self.sources / "app/services.cpp"
        self.services.write_text(LIST)

    def test_the_new_service_stands_in_the_list_after_all_that_it_may_ask(self):
        self.assertEqual(self.make(self.sources, "gift_cards").returncode, 0)
        self.assertEqual(self.services.read_text(), LIST.replace(
            '#include "services/stores', '#include "services/gift_cards/factory.hpp"\n#include "services/stores')
            .replace("    &carts::entry,\n", "    &carts::entry,\n    &gift_cards::entry,\n"))
        api = (self.sources / "services/gift_cards/api.hpp").read_text()
        self.assertIn("class GiftCards {", api)
        self.assertNotIn("@", api)

    def test_a_service_that_is_there_is_not_overwritten(self):
        (self.sources / "services/carts").mkdir(parents=True)
        done = self.make(self.sources, "carts")
        self.assertEqual(done.returncode, 1)
        self.assertIn("there is a service carts already", done.stderr)
        self.assertEqual(list((self.sources / "services/carts").iterdir()), [])

    def test_a_name_that_cannot_be_a_namespace_is_refused(self):
        done = self.make(self.sources, "gift-cards")
        self.assertEqual(done.returncode, 1)
        self.assertIn("is no name of a service", done.stderr)


if __name__ == "__main__":
    unittest.main()
