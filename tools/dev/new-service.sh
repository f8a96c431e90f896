# shellcheck shell=bash
verb_new_service() {
    [ $# -eq 1 ] || stop "give the new service a name: ./dev new-service gift_cards"
    need test
    python3 tools/new_service.py "$1"
}
