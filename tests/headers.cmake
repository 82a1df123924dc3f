# Each public header compiles alone, pedantically, in the given language.
#   cmake -DROOT=<source folder> -DWORK=<scratch folder> -DCOMPILER=<cc> -DSTD=c11|c++17 -P headers.cmake
cmake_minimum_required(VERSION 3.25)
set(language c)
if(STD MATCHES "^c\\+\\+")
    set(language c++)
endif()
file(GLOB headers RELATIVE ${ROOT}/plugin/include ${ROOT}/plugin/include/klimakrav/*.h)
if(NOT headers)
    message(FATAL_ERROR "no public header below ${ROOT}")
endif()
set(failed 0)
foreach(header IN LISTS headers)
    # Included twice: the guard is part of what is tested.
    file(WRITE ${WORK}/${STD}.txt "#include <${header}>\n#include <${header}>\n")
    execute_process(COMMAND ${COMPILER} -x ${language} -std=${STD} -Wall -Wextra -Wpedantic -Werror
                            -fsyntax-only -I${ROOT}/plugin/include ${WORK}/${STD}.txt
                    RESULT_VARIABLE code ERROR_VARIABLE out)
    if(code EQUAL 0)
        message("${header}: ${STD} ok")
    else()
        message("${header}: ${STD} fails\n${out}")
        math(EXPR failed "${failed} + 1")
    endif()
endforeach()
if(failed GREATER 0)
    message(FATAL_ERROR "${failed} header(s) do not stand alone")
endif()
