# shellcheck shell=bash
source tools/dev/build.sh

# The pages of docs/reference/, as the program prints them; a test compares.
verb_reference() {
    local page
    need build
    compile dev kontor
    mkdir -p docs/reference
    for page in rest.md events.md settings.md graphql.graphql; do
        build/dev/kontor reference "${page%.*}" >"docs/reference/$page"
    done
    git status --short docs/reference
}
