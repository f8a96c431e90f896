# shellcheck shell=bash
# Shared by the verbs of ./dev; sourced with the working directory at the root of the repository.

export LC_ALL=C.UTF-8 CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

say() { printf '%s\n' "-- $*"; }
stop() { printf '%s\n' "dev: $*" >&2; exit 2; }

# logged NAME COMMAND...: runs it with its output in build/log/NAME.log; on failure shows the tail.
logged() {
    local name=$1 log status=0 began=$SECONDS
    shift
    mkdir -p build/log
    log=build/log/$name.log
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [ $status -ne 0 ]; then
        tail -n 40 "$log" >&2
        printf '%s\n' "dev: $name failed (status $status); the whole output is in $log" >&2
        exit $status
    fi
    say "$name: done in $((SECONDS - began)) s"
}

# newer_than STAMP PATH...: true when a file below the paths changed since the stamp, or without one.
newer_than() {
    local stamp=$1
    shift
    [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print -quit)" ]
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

can_become_root() { [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null; }

# wanted_packages USE...: the packages of tools/packages.txt for these uses whose substitute command
# (third word) is not there.
wanted_packages() {
    local package use substitute
    while read -r package use substitute; do
        [[ $package == '#'* || -z $package ]] && continue
        [[ " $* " == *" ${use:-build} "* ]] || continue
        [ -n "$substitute" ] && command -v "$substitute" >/dev/null && continue
        printf '%s\n' "$package"
    done <tools/packages.txt
}

# missing_packages USE...: those wanted and not installed. One dpkg-query: 30 ms.
missing_packages() {
    local wanted
    wanted=$(wanted_packages "$@" | sort -u)
    [ -n "$wanted" ] || return 0
    # dpkg-query fails when it does not know one of the names: that one is missing, not an error.
    # shellcheck disable=SC2086
    comm -23 <(printf '%s\n' "$wanted") \
        <({ dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null || true; } |
            sed -n 's/^installed //p' | sort -u)
}

# need USE...: installs what is missing for these uses, or says what to ask root for.
need() {
    local missing
    command -v dpkg-query >/dev/null ||
        stop "this is not Debian (no dpkg-query): install what tools/packages.txt lists by your system's own means"
    missing=$(missing_packages "$@" | paste -sd ' ')
    [ -n "$missing" ] || return 0
    if ! can_become_root; then
        stop "missing packages, and only root can install them. As root, run
    apt-get update && apt-get install -y --no-install-recommends $missing
then run this again."
    fi
    if [[ $missing == *libboost1.81-dev* ]] &&
        [ "$(dpkg-query -W -f '${db:Status-Status}' libboost1.74-dev 2>/dev/null)" = installed ]; then
        say "libboost1.74-dev makes room for libboost1.81-dev (Debian allows one of them at a time)"
    fi
    say "installing $(wc -w <<<"$missing") packages: $missing"
    logged apt-update as_root apt-get -q update
    # shellcheck disable=SC2086
    logged apt-install as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q install -y --no-install-recommends $missing
}
