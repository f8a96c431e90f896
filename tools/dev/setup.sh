# shellcheck shell=bash
verb_setup() {
    case ${1:-all} in
        all) need build test lint bench ;;
        build) need build ;;
        test) need build test lint ;;
        bench) need build bench ;;
        *) stop "unknown use '$1': setup takes build, test or bench" ;;
    esac
    say "nothing is missing"
}
