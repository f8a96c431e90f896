# shellcheck shell=bash
source tools/dev/build.sh

verb_bench() {
    [ -x bench/run ] || stop "there is no bench/run yet: nothing to measure"
    need build bench test
    build_release
    exec bench/run "$@"
}
