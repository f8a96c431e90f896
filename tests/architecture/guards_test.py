"""Each guard of the lint is silent on a good tree and catches what is seeded against it."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOOD = {
    "src/base/money.hpp": "#pragma once\n#include <cstdint>\n",
    "src/platform/sql/database.cpp": 'const char* text = "SELECT 1 FROM stock";\n',
    "src/platform/http/server.cpp": '#include <boost/asio/io_context.hpp>\n#include "base/money.hpp"\n',
    "src/services/carts/api.hpp": "#pragma once\n",
    "src/services/carts/store.cpp": 'const char* text = "UPDATE carts SET version = 2";\n',
    "src/services/carts/service.cpp": '#include "api.hpp"\n#include "services/stock/api.hpp"\n',
    "src/services/carts/edge/rest.cpp": '#include "services/carts/api.hpp"\n',
    "src/services/stock/api.hpp": "#pragma once\n",
    "src/services/stock/rules.hpp": "#pragma once\n",
    "src/app/main.cpp": '#include "services/carts/api.hpp"\nconst char* verb = "serve";\n',
    "dev": "  build    compile\n",
    "README.md": "See `src/base/money.hpp`, run `./dev build` and `kontor serve`. [Why](docs/why.md)\n",
    "docs/why.md": "Because.\n",
}


def guard(name, tree):
    """(status, what it printed) of a guard on a tree of {path: text}."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in tree.items():
            target = pathlib.Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, ROOT / "tools/lint" / f"{name}.py", "--root", folder],
                              capture_output=True, text=True, check=False,
                              env={**os.environ, "GIT_CEILING_DIRECTORIES": os.path.dirname(folder)})
        return done.returncode, done.stdout + done.stderr


class Guards(unittest.TestCase):
    def catches(self, name, path, text, words):
        """The guard passes the good tree, and names `path` and `words` once `text` is added there."""
        self.assertEqual(guard(name, GOOD), (0, ""))
        status, said = guard(name, {**GOOD, path: text})
        self.assertEqual(status, 1, said)
        self.assertIn(path, said)
        self.assertIn(words, said)

    def passes(self, name, path, text):
        self.assertEqual(guard(name, {**GOOD, path: text}), (0, ""))


class DependencyRule(Guards):
    def caught(self, path, text, words):
        self.catches("dependency_rule", path, text, words)

    def test_the_platform_must_not_include_a_service(self):
        self.caught("src/platform/x.cpp", '#include "services/carts/api.hpp"\n', "points the other way")

    def test_base_must_not_include_the_platform(self):
        self.caught("src/base/x.cpp", '#include "platform/http/server.hpp"\n', "points the other way")

    def test_a_service_must_not_include_the_app(self):
        self.caught("src/services/carts/x.cpp", '#include "app/main.hpp"\n', "points the other way")

    def test_a_service_sees_only_contract_and_events_of_another(self):
        self.caught("src/services/carts/x.cpp", '#include "services/stock/rules.hpp"\n', "only api.hpp")

    def test_an_edge_sees_only_its_own_contract(self):
        self.caught("src/services/carts/edge/x.cpp", '#include "services/carts/rules.hpp"\n', "edge/")
        self.caught("src/services/carts/edge/x.cpp", '#include "services/stock/api.hpp"\n', "edge/")

    def test_a_service_must_not_reach_asio_through_a_header_of_the_platform(self):
        tree = {**GOOD, "src/platform/loop.hpp": "#include <boost/asio/io_context.hpp>\n",
                "src/services/carts/x.cpp": '#include "platform/loop.hpp"\n'}
        status, said = guard("dependency_rule", tree)
        self.assertEqual(status, 1)
        self.assertIn("services/carts/x.cpp -> platform/loop.hpp -> boost/asio/io_context.hpp", said)


class Sizes(Guards):
    def function(self, name, lines):
        return f"int {name}() {{\n" + "    work();\n" * (lines - 2) + "}\n"

    def test_a_file_of_501_lines_is_too_long(self):
        self.catches("sizes", "src/base/long.cpp", "int a;\n" * 501, "501 lines")
        self.passes("sizes", "src/base/long.cpp", "int a;\n" * 500)

    def test_a_function_of_101_lines_is_too_long(self):
        self.catches("sizes", "src/base/x.cpp", self.function("f", 101), "a function of 101 lines")
        self.passes("sizes", "src/base/x.cpp", self.function("f", 100))

    def test_a_long_function_is_found_in_a_class_behind_an_initializer_list_and_odd_braces(self):
        body = "work('{');\n" * 101
        text = ("namespace a {\nclass B : public C {\npublic:\n    template <class T>\n"
                "    explicit B(T t) : x_{t}, y_(\"}\") {\n" + body + "    }\n    int x_{};\n};\n}\n")
        self.catches("sizes", "src/base/x.cpp", text, "x.cpp:4: a function of 104 lines")

    def test_a_long_namespace_or_struct_is_no_function(self):
        self.passes("sizes", "src/base/x.cpp", "namespace a {\nstruct B {\n" + "    int b = f(1);\n" * 150 + "};\n}\n")

    def test_more_than_a_few_functions_over_60_lines_are_too_many(self):
        few = self.function("f", 61)
        self.catches("sizes", "src/base/x.cpp", few + self.function("g", 61), "2 of 2 functions are over 60")
        self.passes("sizes", "src/base/x.cpp", few)


class SqlInStores(Guards):
    def test_sql_in_a_use_case_is_caught_also_in_lower_case_and_raw_literals(self):
        for text in ('auto x = "SELECT sku FROM stock";\n', 'auto x = "delete from stock";\n',
                     'auto x = R"sql(\n    SELECT sku\n      FROM stock)sql";\n'):
            self.catches("sql_in_stores", "src/services/carts/service_two.cpp", text, "SQL outside a store")

    def test_comments_and_prose_are_no_sql(self):
        self.passes("sql_in_stores", "src/services/carts/x.cpp",
                    '// SELECT sku FROM stock\nauto x = "select a store, then create a cart";\n')


class Words(Guards):
    def test_unfinished_work_is_caught(self):
        for word in ("TO" + "DO", "FIX" + "ME"):
            self.catches("words", "src/base/x.cpp", f"// {word}: later\n", word)

    def test_a_path_of_one_machine_is_caught(self):
        for place in ("/ho" + "me/me/kontor", "/wor" + "k/main", "/ro" + "ot/x", "../shar" + "ed/data"):
            self.catches("words", "docs/x.md", f"Look into {place} first.\n", "one machine only")

    def test_a_web_address_is_no_path_of_a_machine(self):
        self.passes("words", "docs/x.md", "https://example.org/ho" + "me/page\n")


class Documents(Guards):
    def caught(self, text, words):
        self.catches("documents", "CONTRIBUTING.md", text, words)

    def test_a_path_that_is_not_there_is_caught(self):
        self.caught("Open `src/base/gone.hpp`.\n", "there is no src/base/gone.hpp")
        self.caught("[x](docs/gone.md)\n", "leads nowhere: docs/gone.md")

    def test_a_verb_that_is_not_there_is_caught(self):
        self.caught("```\n./dev explode\n```\n", "./dev has no verb explode")
        self.caught("Run `kontor explode`.\n", "kontor has no verb explode")

    def test_placeholders_and_wildcards_are_understood(self):
        self.passes("documents", "CONTRIBUTING.md", "`src/services/<name>/api.hpp`, `src/services/*/api.hpp`\n")


class Format(Guards):
    def test_an_unformatted_file_is_caught(self):
        style = (ROOT / ".clang-format").read_text()
        tree = {"src/a.cpp": "int a(int b) {\n    return b;\n}\n", ".clang-format": style}
        self.assertEqual(guard("format", tree), (0, ""))
        status, said = guard("format", {**tree, "src/a.cpp": "int  a( int b ){return b;}\n"})
        self.assertEqual(status, 1)
        self.assertIn("src/a.cpp:1: not formatted", said)


class Tidy(unittest.TestCase):
    """On a repository of its own, with a commit to compare with."""

    def tidy(self, before, after):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            source = root / "src/a.cpp"
            source.parent.mkdir()
            (root / "build/dev").mkdir(parents=True)
            (root / ".clang-tidy").write_text((ROOT / ".clang-tidy").read_text())
            (root / ".gitignore").write_text("build/\n")
            (root / "build/dev/compile_commands.json").write_text(
                f'[{{"directory": "{root}", "file": "{source}",'
                f' "command": "clang++-19 -std=c++23 -o a.o -c {source}"}}]')
            source.write_text(before)
            git = ["git", "-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.org"]
            for step in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"],
                         ["commit", "-q", "--allow-empty", "-m", "two"]):
                subprocess.run([*git, *step], check=True)
            source.write_text(after)
            done = subprocess.run([sys.executable, ROOT / "tools/lint/tidy.py"], cwd=folder,
                                  capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr

    def test_a_changed_file_with_a_finding_is_caught_and_an_unchanged_one_is_left_alone(self):
        good = "int half(int number) {\n    return number / 2;\n}\n"
        bad = good.replace("half", "Half")
        status, said = self.tidy(good, bad)
        self.assertEqual(status, 1, said)
        self.assertIn("readability-identifier-naming", said)
        status, said = self.tidy(bad, bad)
        self.assertEqual(status, 0, said)
        self.assertIn("0 files", said)


class TheTree(unittest.TestCase):
    def test_this_repository_passes_its_own_guards(self):
        for name in ("dependency_rule", "sizes", "sql_in_stores", "words", "documents", "format"):
            done = subprocess.run([sys.executable, ROOT / "tools/lint" / f"{name}.py", "--root", ROOT],
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
