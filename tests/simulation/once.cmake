# Runs PROGRAM and keeps what it says in RECORD, unless it is there already of this very program and
# these seeds: a seed is one history, so a block that has passed passes again. Two hours that were
# interrupted go on where they were.
file(SHA256 "${PROGRAM}" program)
set(what "${program} $ENV{KONTOR_SIMULATION_SEEDS} from $ENV{KONTOR_SIMULATION_FIRST}")
if(EXISTS "${RECORD}")
    file(READ "${RECORD}" said)
    string(FIND "${said}" "${what}\n" begins)
    if(begins EQUAL 0)
        message("Passed before with this program:\n${said}")
        return()
    endif()
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
file(SHA256 "${PROGRAM}" program_afterwards)
if(program_afterwards STREQUAL program)
    file(WRITE "${RECORD}" "${what}\n${said}")
endif()
