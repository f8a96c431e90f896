# shellcheck shell=bash
verb_lint() {
    need build lint test
    [ -e build/dev/compile_commands.json ] || logged configure-dev cmake --preset dev
    local guard
    for guard in dependency_rule sizes sql_in_stores words documents; do
        python3 "tools/lint/$guard.py"
    done
    python3 tools/lint/format.py
    python3 tools/lint/tidy.py "$@"
}
