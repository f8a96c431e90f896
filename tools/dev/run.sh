# shellcheck shell=bash
source tools/dev/build.sh

verb_run() {
    need build
    build_release
    if [[ " $* " =~ \ --(data|database)[\ =] ]]; then
        exec build/release/kontor serve "$@"
    fi
    if [ ! -d kontor-data ]; then
        say "filling kontor-data/ with a demo shop"
        # Under another name until it is whole: a seed that was interrupted is not taken for a shop.
        rm -rf kontor-data.partial
        if ! build/release/kontor seed --data kontor-data.partial; then
            say "seed failed, see above; the next ./dev run begins it anew"
            return 1
        fi
        mv kontor-data.partial kontor-data
    fi
    exec build/release/kontor serve --data kontor-data "$@"
}
