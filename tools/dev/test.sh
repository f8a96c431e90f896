# shellcheck shell=bash
source tools/dev/build.sh
source tools/dev/lint.sh

# run_tests PRESET CTEST-ARGUMENTS...: shows ctest's output, and returns its status.
run_tests() {
    local preset=$1
    shift
    mkdir -p build/log
    ctest --test-dir "build/$preset" -j "$(nproc)" --output-on-failure --no-tests=error \
        --timeout "${KONTOR_TEST_TIMEOUT_S:-600}" "$@" 2>&1 | tee "build/log/test-$preset.log"
}

closing_line() { grep -E '^[0-9]+% tests passed' "build/log/test-$1.log"; }

check_pages() {
    [ -e web/package.json ] || return 0
    build_pages
    logged web-test npm run test --if-present --prefix web
    logged web-api npm run api --prefix web -- "$PWD/build/dev/kontor"
    logged web-stripe npm run stripe --prefix web -- "$PWD/build/dev/kontor"
}

# The simulation of many seeds, as the program ships: with sanitizers it would take hours.
simulate() {
    compile release kontor_simulation_tests
    run_tests release --label-regex simulation "$@"
}

# The whole check: the tests with this selection, then lint and pages, and ctest's last word last.
whole_check() {
    compile dev
    run_tests dev "$@"
    simulate "$@"
    verb_lint
    check_pages
    closing_line release
    closing_line dev
}

# The kernel of the guest whose power goes, unpacked and never installed.
guest_kernel() {
    local folder=build/guest-kernel package
    [ -e $folder/boot ] && return
    package=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: //p')
    [ -n "$package" ] || stop "apt knows no linux-image-cloud-amd64: run apt-get update"
    mkdir -p $folder
    logged guest-kernel env -C $folder apt-get -q download "$package"
    dpkg -x $folder/"$package"_*.deb $folder
}

verb_test() {
    need build test lint
    case ${1:-fast} in
        fast) whole_check --label-exclude slow ;;
        slow)
            need slow
            guest_kernel
            KONTOR_TEST_TIMEOUT_S=${KONTOR_TEST_TIMEOUT_S:-7200} whole_check ;;
        tsan)
            compile tsan
            TSAN_OPTIONS=suppressions=$PWD/tools/dev/tsan.supp \
                run_tests tsan --label-exclude 'slow|architecture'
            closing_line tsan ;;
        *)
            compile dev
            run_tests dev --tests-regex "$1"
            closing_line dev ;;
    esac
}
