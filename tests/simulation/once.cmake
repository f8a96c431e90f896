# Runs PROGRAM and keeps what it says in RECORD, unless it is there already of this very program: a
# seed is one history, so a block that has passed passes again. Two hours that were interrupted go on
# where they were.
if(EXISTS "${RECORD}" AND "${RECORD}" IS_NEWER_THAN "${PROGRAM}")
    file(READ "${RECORD}" said)
    message("Passed before with this program:\n${said}")
    return()
endif()
execute_process(
    COMMAND "${PROGRAM}" --gtest_filter=*promises*
    OUTPUT_VARIABLE said
    ERROR_VARIABLE said
    ECHO_OUTPUT_VARIABLE
    ECHO_ERROR_VARIABLE
    RESULT_VARIABLE status)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "the simulation ended with ${status}")
endif()
file(WRITE "${RECORD}" "${said}")
