# shellcheck shell=bash
verb_fmt() {
    need lint
    find src tests bench \( -name '*.cpp' -o -name '*.hpp' \) -print0 2>/dev/null |
        xargs -0 -r clang-format-19 -i
}
