# shellcheck shell=bash
# compile PRESET [TARGET...]: configures once, then lets Ninja decide what is out of date. Clang
# touches some 150 MB for each file: on huge pages, and one at a time for each core, it is a fifth
# faster than as Ninja would do it.
compile() {
    local preset=$1
    shift
    if [ ! -e "build/$preset/build.ninja" ]; then
        logged "configure-$preset" cmake --preset "$preset"
    fi
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.top_pad=67108864 \
        logged "build-$preset" ninja -j "$(nproc)" -C "build/$preset" "$@"
}

# The pages: npm install when the lock file changed, a build when a source did. Not npm ci: npm 11
# refuses a lock file without the packages of other platforms, which not every registry names; npm
# install takes the same versions from it. No package's own script runs: none of them is needed.
build_pages() {
    local stamp=build/web.stamp
    [ -e web/package.json ] || return 0
    if newer_than "$stamp" web/package-lock.json || [ ! -d web/node_modules ]; then
        logged web-install npm install --prefix web --no-save --no-audit --no-fund --ignore-scripts
    elif [ -d web/dist ] &&
        [ -z "$(find web \( -name node_modules -o -name dist \) -prune -o -type f -newer "$stamp" -print -quit)" ]; then
        return 0
    fi
    mkdir -p build
    touch "$stamp.new"
    logged web-build npm run build --prefix web
    mv "$stamp.new" "$stamp"
}

# The release binary. The stamp spares even Ninja's look around, so that `./dev run` starts at once.
build_release() {
    local stamp=build/release/kontor.stamp
    # The pages first: the program carries them.
    build_pages
    if [ -x build/release/kontor ] &&
        ! newer_than "$stamp" src cmake CMakeLists.txt CMakePresets.json $(ls -d web/dist 2>/dev/null); then
        return 0
    fi
    mkdir -p build/release
    touch "$stamp.new"
    compile release kontor
    mv "$stamp.new" "$stamp"
}

verb_build() {
    local preset=${1:-release}
    need build
    case $preset in
        release) build_release ;;
        dev|tsan)
            build_pages
            compile "$preset" ;;
        *) stop "unknown preset '$preset': build takes release, dev or tsan" ;;
    esac
}
