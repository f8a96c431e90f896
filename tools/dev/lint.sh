# shellcheck shell=bash
# Runs every guard, also after one has found something, so that one run names everything.
verb_lint() {
    local guard failed=()
    need build lint test
    for guard in dependency_rule sizes sql_in_stores words documents format; do
        python3 "tools/lint/$guard.py" || failed+=("$guard")
    done
    [ -e build/dev/compile_commands.json ] || logged configure-dev cmake --preset dev
    python3 tools/lint/tidy.py "$@" || failed+=(tidy)
    [ ${#failed[@]} -eq 0 ] || stop "lint: ${failed[*]} found something, see above"
}
