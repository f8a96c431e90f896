# The pages of web/dist travel inside the program; where they are not built, it serves a plain one.
file(GLOB_RECURSE pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/dist/*)
set(embedded_pages ${CMAKE_CURRENT_BINARY_DIR}/embedded_pages)
add_executable(embed_pages ${PROJECT_SOURCE_DIR}/cmake/embed_pages.cpp)
target_link_libraries(embed_pages PRIVATE fmt::fmt PkgConfig::ZLIB PkgConfig::BROTLI)
add_custom_command(
    OUTPUT ${embedded_pages}.cpp ${embedded_pages}.bin
    COMMAND embed_pages ${PROJECT_SOURCE_DIR}/web/dist ${embedded_pages}.cpp ${embedded_pages}.bin
    DEPENDS embed_pages ${pages}
    VERBATIM)
# The compiler reads the blob by #embed, which older dependency scanners don't report.
set_source_files_properties(${embedded_pages}.cpp PROPERTIES OBJECT_DEPENDS ${embedded_pages}.bin
                                                             COMPILE_OPTIONS -Wno-c23-extensions
                                                             SKIP_PRECOMPILE_HEADERS ON)
target_sources(kontor_app PRIVATE ${embedded_pages}.cpp)
