# shellcheck shell=bash
verb_setup() {
    case ${1:-all} in
        all) need build test lint bench ;;
        build) need build ;;
        test) need build test lint ;;
        slow) need build test lint slow ;;
        bench) need build bench ;;
        *) stop "unknown use '$1': setup takes build, test, slow or bench" ;;
    esac
    say "nothing is missing"
}
