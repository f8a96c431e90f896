# Run by the build: cmake -DROOT=<src> -DOUTPUT=<file.cpp> -P embed_migrations.cmake
# Writes one C++ file with the text of every src/<layer>/<component>/migrations/NNNN_name.sql.
file(GLOB files RELATIVE ${ROOT} ${ROOT}/platform/*/migrations/*.sql
     ${ROOT}/services/*/migrations/*.sql)
list(SORT files)
set(entries "")
foreach(file IN LISTS files)
    if(NOT file MATCHES "^(platform|services)/([a-z_]+)/migrations/([0-9][0-9][0-9][0-9])_([a-z0-9_]+)\\.sql$")
        message(FATAL_ERROR "${file}: a migration is called NNNN_name.sql")
    endif()
    set(component ${CMAKE_MATCH_2})
    if(CMAKE_MATCH_1 STREQUAL "platform")
        set(component platform/${CMAKE_MATCH_2})
    endif()
    set(name ${CMAKE_MATCH_4})
    string(REGEX REPLACE "^0+" "" version ${CMAKE_MATCH_3})
    file(READ ${ROOT}/${file} text)
    string(APPEND entries
           "    {\"${component}\", ${version}, \"${name}\", R\"kontor_sql(${text})kontor_sql\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Generated from migrations/*.sql; edits are lost.
#include \"platform/sql/embedded_migrations.hpp\"

namespace kontor::sql {

namespace {
const Migration all[] = {
${entries}};
}  // namespace

std::span<const Migration> embedded_migrations() { return all; }

}  // namespace kontor::sql
")
